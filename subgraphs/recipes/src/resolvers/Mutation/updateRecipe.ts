
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const updateRecipe: NonNullable<MutationResolvers['updateRecipe']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.updateRecipe resolver logic here */ };