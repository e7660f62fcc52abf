
        import type   { MutationResolvers } from './../../generated/types.ts';
        export const importRecipe: NonNullable<MutationResolvers['importRecipe']> = async (_parent, _arg, _ctx) => { /* Implement Mutation.importRecipe resolver logic here */ };