
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const restoreRecipeVersion: NonNullable<MutationResolvers['restoreRecipeVersion']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.restoreRecipeVersion resolver logic here */ };