import { collection } from '@mealprep360/mongo/collection';
import { subscriptionPlan, subscriptionStatus, type Subscription } from '../domain/user.ts';

/** Projection: the plan that a person is on; `_id` is the user's. */
export interface UserSubscriptionRecord extends Subscription {
  _id: string;
}

export const userSubscriptionCollection = collection<UserSubscriptionRecord>('user_subscriptions', {
  plan: { type: String, enum: subscriptionPlan.options, required: true },
  status: { type: String, enum: subscriptionStatus.options, required: true },
  renewsAt: { type: Date, default: null },
});
