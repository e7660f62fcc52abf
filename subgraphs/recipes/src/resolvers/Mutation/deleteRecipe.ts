
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const deleteRecipe: NonNullable<MutationResolvers['deleteRecipe']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.deleteRecipe resolver logic here */ };