
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const createRecipe: NonNullable<MutationResolvers['createRecipe']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.createRecipe resolver logic here */ };