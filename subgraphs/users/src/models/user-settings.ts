import type { Settings } from '@mealprep360/contracts/users';
import { dayOfWeek, notificationChannel } from '@mealprep360/contracts/vocabulary';
import { collection, inline } from '@mealprep360/mongo/collection';

/** Projection: how a person wants to be spoken to; `_id` is the user's. */
export interface UserSettingsRecord extends Settings {
  _id: string;
}

export const userSettingsCollection = collection<UserSettingsRecord>('user_settings', {
  timeZone: { type: String, required: true },
  locale: { type: String, required: true },
  weekStartsOn: { type: String, enum: dayOfWeek.options, required: true },
  notificationChannels: [
    inline({
      topic: { type: String, required: true },
      channel: { type: String, enum: notificationChannel.options, required: true },
      enabled: { type: Boolean, required: true },
    }),
  ],
});
