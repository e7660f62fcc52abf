import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import { decode, encode, TAIL, type EventBus, type Positions, type Subscription } from './bus.ts';

interface Stream {
  /** stays when its entry goes */
  last: number;
  entries: { seq: number; text: string }[];
}

const empty = (): Stream => ({ last: 0, entries: [] });

/** A bus inside one process: for a service that runs alone, and for tests. */
export function memoryBus(): EventBus {
  const services = new Map<string, Stream[]>();
  const waiting = new Set<() => void>();
  const closed = new AbortController();
  const of = (service: string): Stream[] => {
    const streams = services.get(service) ?? Array.from({ length: PARTITIONS }, empty);
    services.set(service, streams);
    return streams;
  };
  return {
    publish: (service, events) => {
      for (const event of events) append(of(service)[event.partition], event);
      for (const end of [...waiting]) end();
      return Promise.resolve();
    },
    heads: service => Promise.resolve(of(service).map(({ last }) => last)),
    erase: (service, partition, seqs) => {
      const stream = of(service)[partition];
      if (stream) stream.entries = stream.entries.filter(({ seq }) => !seqs.includes(seq));
      return Promise.resolve();
    },
    forget: (service, partition) => {
      of(service)[partition] = empty();
      return Promise.resolve();
    },
    subscribe: speaker => subscription(() => of(speaker), waiting, closed.signal),
    onUp: listener => {
      listener();
    },
    close: () => {
      closed.abort();
    },
  };
}

function append(stream: Stream | undefined, event: Envelope): void {
  if (stream === undefined || stream.last >= event.seq) return;
  stream.last = event.seq;
  stream.entries.push({ seq: event.seq, text: encode(event) });
  if (stream.entries.length > TAIL) stream.entries.shift();
}

function subscription(streams: () => Stream[], waiting: Set<() => void>, busClosed: AbortSignal): Subscription {
  const own = new AbortController();
  const closed = AbortSignal.any([own.signal, busClosed]);
  const after = (positions: Positions) =>
    [...positions].flatMap(([partition, position]) =>
      (streams()[partition]?.entries ?? [])
        .filter(({ seq }) => seq > position)
        .flatMap(({ text }) => decode(text) ?? []),
    );
  const news = (wait: number): Promise<void> =>
    new Promise(resolve => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        closed.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, wait);
      waiting.add(end);
      closed.addEventListener('abort', end);
    });
  return {
    read: async (positions, wait) => {
      const there = after(positions);
      if (there.length > 0 || closed.aborted) return there;
      await news(wait);
      return after(positions);
    },
    close: () => {
      own.abort();
    },
  };
}
