import { id } from '@mealprep360/contracts/vocabulary';
import { newId } from '@mealprep360/mongo/id';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import { templateName } from '../../domain/plan-input.ts';
import { templateOf } from '../../domain/template.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { contentOf, inTheWay, ownPlan } from '../../plan-aggregate.ts';

const order = z.object({ mealPlanId: id, name: templateName });

export const saveAsTemplate: NonNullable<MutationResolvers['saveAsTemplate']> = (_, args, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const { mealPlanId, name } = valid(order, args);
  return commit(async work => {
    const path = ['mealPlanId'];
    const plan = await ownPlan(work, ownerId, { planId: mealPlanId, path });
    if (plan.status === 'PENDING' || plan.status === 'FAILED') throw inTheWay(plan.status, path);
    const content = templateOf(await contentOf(work, plan));
    const template = { ...content, _id: newId(), ownerId, name, createdAt: work.now };
    await work.templates.create([template], { session: work.session });
    return { template, userErrors: [] };
  });
};
