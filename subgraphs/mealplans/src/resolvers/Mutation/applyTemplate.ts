import { id, localDate } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import { answerOf, createPlan } from '../../create-plan.ts';
import { idempotencyKey, planInput } from '../../domain/plan-input.ts';
import { planFrom } from '../../domain/template.ts';
import type { MutationResolvers } from '../../generated/types.ts';

const application = z.object({ templateId: id, startDate: localDate, idempotencyKey });

export const applyTemplate: NonNullable<MutationResolvers['applyTemplate']> = async (_, args, context) => {
  const ownerId = signedIn(context.viewer);
  const { idempotencyKey: key, ...asked } = valid(application, args);
  const request = {
    idempotencyKey: key,
    asked: { applyTemplate: asked },
    input: async () => {
      const template = await context.loaders.template.load(asked.templateId);
      if (template?.ownerId !== ownerId) {
        throw fault('MEAL_TEMPLATE_NOT_FOUND', 'You have no such template.', ['templateId']);
      }
      return valid(planInput, planFrom(template, asked.startDate), ['startDate']);
    },
    itemPath: () => ['templateId'],
  };
  return answerOf(await createPlan(context, ownerId, request));
};
