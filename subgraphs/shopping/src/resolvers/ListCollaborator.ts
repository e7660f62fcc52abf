import type { ListCollaboratorResolvers } from '../generated/types.ts';

export const ListCollaborator: ListCollaboratorResolvers = {
  user: collaborator => ({ id: collaborator.userId }),
};
