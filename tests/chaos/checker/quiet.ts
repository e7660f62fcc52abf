import { PARTITIONS } from '@mealprep360/contracts/envelope';
import { setTimeout as pause } from 'node:timers/promises';
import { services, type Service } from '../chaos-house.ts';
import type { Evidence } from './evidence.ts';

/**
 * Waits until nothing is under way in the whole house: all that was said is sent and applied, no command and no saga
 * is open, the bus has every tail. Answers what still is, when patience ends; nothing when all is quiet.
 */
export async function untilQuiet(evidence: Evidence, patience: number): Promise<string[]> {
  const until = performance.now() + patience;
  for (;;) {
    const open = await underWay(evidence).catch((error: unknown) => [`not readable: ${String(error)}`]);
    if (open.length === 0 || performance.now() > until) return open;
    await pause(500);
  }
}

async function underWay(evidence: Evidence): Promise<string[]> {
  const heads = new Map<Service, number[]>();
  const open: string[] = [];
  for (const service of services) {
    const rows = await evidence.said(service);
    const unsent = rows.filter(row => row.sentAt === null).length;
    if (unsent > 0) open.push(`${service} has ${unsent} events to send`);
    const own = Array.from({ length: PARTITIONS }, (_, partition) =>
      rows.reduce((head, row) => (row.partition === partition ? Math.max(head, row.seq ?? 0) : head), 0),
    );
    heads.set(service, own);
    const onBus = await evidence.busHeads(service);
    const behind = own.filter((head, partition) => onBus[partition] !== head).length;
    if (behind > 0) open.push(`${service} has ${behind} partitions whose tail is not on the bus`);
    open.push(...(await openWork(evidence, service)));
  }
  for (const service of services) {
    for (const { _id, seq } of await evidence.rows<{ _id: string; seq: number }>(service, 'checkpoints')) {
      const [speaker = '', partition = ''] = _id.split(':');
      const head = heads.get(speaker as Service)?.[Number(partition)];
      if (head !== seq) open.push(`${service} has read ${_id} up to ${seq} of ${head}`);
    }
  }
  return open;
}

async function openWork(evidence: Evidence, service: Service): Promise<string[]> {
  const states = { commands: ['WAITING', 'UNDOING'], sagas: ['RUNNING', 'COMPENSATING'] };
  const open: string[] = [];
  for (const [collection, $in] of Object.entries(states)) {
    const rows = await evidence.rows<{ _id: string; state: string }>(service, collection, { state: { $in } });
    open.push(...rows.map(({ _id, state }) => `${service}: ${collection} ${_id} is ${state}`));
  }
  return open;
}
