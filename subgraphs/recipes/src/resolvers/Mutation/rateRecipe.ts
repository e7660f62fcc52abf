
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const rateRecipe: NonNullable<MutationResolvers['rateRecipe']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.rateRecipe resolver logic here */ };