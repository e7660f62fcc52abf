import type { Models, Work } from './context.ts';

/** Everybody whom this person blocked, or who blocked this person. Nobody is hidden from who is not signed in. */
export async function hiddenFrom({ blocks }: Pick<Models, 'blocks'>, userId: string | null): Promise<Set<string>> {
  if (userId === null) return new Set();
  const found = await blocks
    .find({ $or: [{ blockerId: userId }, { blockedId: userId }] }, { blockerId: 1, blockedId: 1 })
    .lean();
  return new Set(found.map(({ blockerId, blockedId }) => (blockerId === userId ? blockedId : blockerId)));
}

/** Whether one of the two blocked the other. */
export async function areHidden({ blocks, session }: Work, one: string, other: string): Promise<boolean> {
  const either = [
    { blockerId: one, blockedId: other },
    { blockerId: other, blockedId: one },
  ];
  return (await blocks.exists({ $or: either }).session(session)) !== null;
}
