import type { ServiceStatus } from '@mealprep360/service/ops-messages';

/** From here on somebody should look: seconds, and events. */
const limits = { unsentSeconds: 30, headsSeconds: 30, behind: 1000, openSeconds: 300 };

type Answered = { service: string; status: ServiceStatus } | { service: string; status: null; error: string };

/** What is not well with a service, a sentence each; none means that nobody has to look. */
export function troubles(answered: Answered): string[] {
  const { service, status } = answered;
  if (status === null) return [answered.error];
  const { missing, databasePing, events } = status;
  return [
    ...(missing.length > 0 ? [`${service} is not ready: ${missing.join(', ')}`] : []),
    ...(databasePing === null ? [`${service}: the database does not answer`] : []),
    ...(databasePing !== null && events === null ? [`${service}: its events cannot be counted`] : []),
    ...(events === null ? [] : eventTroubles(service, events)),
  ];
}

function eventTroubles(service: string, events: NonNullable<ServiceStatus['events']>): string[] {
  const { unsent, heard, deadLetters, sagas, commands } = events;
  const late = [
    ...sagas.open.map(({ type, state, ...open }) => ({ what: `${state.toLowerCase()} saga ${type}`, ...open })),
    ...commands.map(({ command, state, ...open }) => ({ what: `${state.toLowerCase()} command ${command}`, ...open })),
  ].filter(({ oldestSeconds }) => (oldestSeconds ?? 0) > limits.openSeconds);
  return [
    ...((unsent.oldestSeconds ?? 0) > limits.unsentSeconds
      ? [`${service} cannot send its events: ${unsent.count} wait for Redis`]
      : []),
    ...heard.flatMap(one => speakerTroubles(service, one)),
    ...(deadLetters.parked > 0
      ? [
          `${service} has parked ${deadLetters.parked} events of ${deadLetters.aggregates} aggregates${newer(deadLetters.newerVersion)}`,
        ]
      : []),
    ...late.map(({ what, count }) => `${service}: a ${what} is open for more than 5 minutes (of ${count})`),
  ];
}

const newer = (count: number): string => (count === 0 ? '' : `; newer code wrote ${count} of them`);

function speakerTroubles(
  service: string,
  { speaker, headsSecondsAgo, partitions }: NonNullable<ServiceStatus['events']>['heard'][number],
): string[] {
  const behind = behindOf(partitions);
  return [
    ...(behind > limits.behind ? [`${service} is ${behind} events behind ${speaker}`] : []),
    ...(headsSecondsAgo === null || headsSecondsAgo > limits.headsSeconds
      ? [`${service} does not know how much ${speaker} has said: it does not answer`]
      : []),
  ];
}

/** Head minus checkpoint, over partitions. */
export const behindOf = (partitions: readonly { head: number; checkpoint: number }[]): number =>
  partitions.reduce((total, { head, checkpoint }) => total + head - checkpoint, 0);
