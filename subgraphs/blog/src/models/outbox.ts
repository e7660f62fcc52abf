import { outboxCollection } from '@mealprep360/events/outbox';

export const outbox = outboxCollection('outbox', { people: ['authorId'] });
