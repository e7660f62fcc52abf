import type { StoreLocationResolvers } from '../generated/types.ts';

export const StoreLocation: StoreLocationResolvers = {
  // as in storeLocations: for whoever is signed in
  __resolveReference: ({ id }, { loaders, viewer }) => (viewer.userId === null ? null : loaders.store.load(id)),
  id: store => store._id,
};
