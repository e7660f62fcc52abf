import type { Tooth } from './tooth.ts';

const EVENTS = 'shared/events/src';
const applied = 'each event is applied once, in order';

/** What each safeguard is for, by what happens without it. */
export const safeguards: readonly Tooth[] = [
  {
    name: 'checkpoint compare-and-set',
    without: 'the checkpoint is set, wherever it stands',
    storm: 'two at once',
    breaks: [applied],
    edits: [
      {
        file: `${EVENTS}/apply.ts`,
        find: '{ _id: checkpointId(speaker, partition), seq: before },',
        replace: '{ _id: checkpointId(speaker, partition) },',
      },
    ],
  },
  {
    name: 'gap fetch',
    without: 'a reader goes on behind a gap; the checkpoint only goes forward',
    storm: 'deaf readers',
    breaks: [applied],
    edits: [
      {
        file: `${EVENTS}/partition.ts`,
        find: `    line.prepend(await fetch(expected, missing));
    reached('consumer.fetched');
    if (line.first() !== expected) throw new Error(\`event \${expected} is not in the speaker's history\`);
`,
        replace: `    const first = line.first();
    if (first === null) return [];
    state.checkpoint = first - 1;
    return line.peek(first, TOGETHER);
`,
      },
      {
        file: `${EVENTS}/apply.ts`,
        find: '{ _id: checkpointId(speaker, partition), seq: before },',
        replace: '{ _id: checkpointId(speaker, partition), seq: { $lte: before } },',
      },
    ],
  },
  {
    name: 'tombstone',
    without: 'tombstones are set, and nobody looks at them',
    storm: 'a write after the end',
    breaks: ['who left is gone'],
    edits: [
      {
        file: `${EVENTS}/tombstones.ts`,
        find: '  return (await entombedAt(db, aggregateType, aggregateId, session)) !== null;\n',
        replace: '  return false;\n',
      },
      {
        file: `${EVENTS}/tombstones.ts`,
        find: '  return new Set(found.map(({ _id }) => _id.slice(aggregateType.length + 1)));\n',
        replace: '  return new Set();\n',
      },
    ],
  },
  {
    name: 'remembered undo',
    without: 'the undo of what is not done yet is answered, and forgotten',
    storm: 'taken back unseen',
    breaks: ['a saga leaves all or nothing'],
    edits: [
      {
        file: `${EVENTS}/participant.ts`,
        find: `  if (there === null) await rows.insertOne(row, { session });
  // what was done`,
        replace: '  // what was done',
      },
      {
        file: `${EVENTS}/participant.ts`,
        find: '  if (there) await rows.updateOne({ _id: row._id }, { $set: { state: next } }, { session });',
        replace:
          "  if (there?.state === 'DONE') await rows.updateOne({ _id: row._id }, { $set: { state: next } }, { session });",
      },
    ],
  },
  {
    name: 'unique seq',
    without: 'two events may have the same number',
    storm: 'a backlog',
    breaks: ['versions and numbers have no gaps, all is sent'],
    edits: [
      {
        file: `${EVENTS}/outbox.ts`,
        find: '{ unique: true, partialFilterExpression: { seq: { $gt: 0 } } },',
        replace: '{ partialFilterExpression: { seq: { $gt: 0 } } },',
      },
    ],
  },
  {
    name: 'stream ids',
    without: 'Redis gives entries their ids, and each reader keeps the last one that it saw',
    storm: 'a write after the end',
    breaks: ['who left is gone'],
    edits: [
      {
        file: `${EVENTS}/redis-bus.ts`,
        find: "'MAXLEN', '~', TAIL, idOf(event.seq), 'event', encode(event)",
        replace: "'MAXLEN', '~', TAIL, '*', 'event', encode(event)",
      },
      {
        file: `${EVENTS}/redis-bus.ts`,
        find: `    const facts = (await redis.xinfo('STREAM', stream)) as unknown[];
    // survives trimming and deleting, unlike the ids of the entries
    return seqOf(String(facts[facts.indexOf('last-generated-id') + 1]));
`,
        replace: `    const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
    return last === undefined ? 0 : (decode(last[1][1] ?? '')?.seq ?? 0);
`,
      },
      {
        file: `${EVENTS}/redis-bus.ts`,
        find: '  const end = Promise.withResolvers<null>();\n',
        replace: '  const end = Promise.withResolvers<null>();\n  const seen = new Map<string, string>();\n',
      },
      {
        file: `${EVENTS}/redis-bus.ts`,
        find: '[streamOf(speaker, partition), idOf(seq)]));\n',
        replace: "[streamOf(speaker, partition), seen.get(streamOf(speaker, partition)) ?? '0']));\n",
      },
      {
        file: `${EVENTS}/redis-bus.ts`,
        find: '        if (found === null || events.length > 0) return events;\n',
        replace: `        for (const [stream, entries] of found ?? []) seen.set(stream, entries.at(-1)?.[0] ?? '0');
        if (found === null || events.length > 0) return events;
`,
      },
    ],
  },
];

const ownBus = {
  // nobody publishes again what the bus lost
  notRestored: { file: `${EVENTS}/relay.ts`, find: '      await restoreTail(options);\n', replace: '' },
};

/** How others carry events: the whole way from the outbox to the handler is replaced. */
export const rivals: readonly Tooth[] = [
  {
    name: 'pub/sub bus',
    without: 'the bus of the strategy, behind our outbox: PUBLISH, SUBSCRIBE, apply what comes',
    storm: 'deaf readers',
    breaks: [applied, 'copies are what their owners said'],
    rivals: [
      { file: `${EVENTS}/redis-bus.ts`, by: 'pub-sub-bus.ts' },
      { file: `${EVENTS}/consumer.ts`, by: 'pub-sub-consumer.ts' },
    ],
    edits: [ownBus.notRestored, { file: 'dev-env/src/redis.ts', find: '`&{${name}}:*`', replace: "'&*'" }],
  },
  {
    name: 'consumer group',
    without: 'the textbook: outbox, XADD *, XREADGROUP, an inbox of event ids, XACK, XAUTOCLAIM',
    storm: 'deaf readers',
    breaks: [applied],
    rivals: [
      { file: `${EVENTS}/redis-bus.ts`, by: 'consumer-group-bus.ts' },
      { file: `${EVENTS}/consumer.ts`, by: 'consumer-group-consumer.ts' },
    ],
    edits: [
      ownBus.notRestored,
      { file: 'dev-env/src/redis.ts', find: "'%R~{*}:events:*'", replace: "'%RW~{*}:events:*'" },
    ],
  },
];
