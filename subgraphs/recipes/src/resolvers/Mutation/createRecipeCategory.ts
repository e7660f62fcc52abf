
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const createRecipeCategory: NonNullable<MutationResolvers['createRecipeCategory']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.createRecipeCategory resolver logic here */ };