import { collection } from '@mealprep360/mongo/collection';

/** A store and the order of its aisles. */
export interface StoreLocationRecord {
  _id: string;
  /** who described it, and may change it */
  ownerId: string;
  name: string;
  address: string | null;
  aisleOrder: string[];
}

export const storeLocationCollection = collection<StoreLocationRecord>(
  'store_locations',
  {
    ownerId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 100 },
    address: { type: String, default: null, maxlength: 300 },
    aisleOrder: [String],
  },
  [[{ name: 1, _id: 1 }], [{ name: 'text', address: 'text' }, { default_language: 'none' }]],
);
