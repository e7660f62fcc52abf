import type { Page } from '@mealprep360/service/paging';
import type { ItemSource } from './src/domain/item.ts';
import type { ShoppingItemRecord } from './src/models/shopping-item.ts';
import type { Collaborator, ShoppingListRecord } from './src/models/shopping-list.ts';
import type { StoreLocationRecord } from './src/models/store-location.ts';

export type ShoppingListMapper = ShoppingListRecord;
export type ShoppingItemMapper = ShoppingItemRecord;
export type ItemSourceMapper = ItemSource;
export type ListCollaboratorMapper = Collaborator;
export type StoreLocationMapper = StoreLocationRecord;
export type ShoppingListConnectionMapper = Page<ShoppingListRecord>;
export type ShoppingItemConnectionMapper = Page<ShoppingItemRecord>;
export type MealPlanMapper = { id: string };
export type UserMapper = { id: string };
