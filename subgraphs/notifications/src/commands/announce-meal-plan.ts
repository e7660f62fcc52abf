import { AnnounceMealPlan } from '@mealprep360/contracts/commands';
import { command } from '@mealprep360/events/commands';
import type { Work } from '../context.ts';
import { planReady } from '../domain/notice.ts';
import { notify } from '../notify.ts';

export const announceMealPlan = command<Work>()(AnnounceMealPlan, {
  run: async ({ plan }, work) => {
    await notify(work, planReady(plan), `MEAL_PLAN_READY:${plan.id}`);
    return {};
  },
});
