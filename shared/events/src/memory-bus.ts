import { PARTITIONS } from '@mealprep360/contracts/envelope';
import { decode, encode, TAIL, type EventBus, type Positions } from './bus.ts';

interface Entry {
  seq: number;
  text: string;
}

/** A bus inside one process: for a service that runs alone, and for tests. */
export function memoryBus(): EventBus {
  const services = new Map<string, Entry[][]>();
  const waiting = new Set<() => void>();
  const of = (service: string): Entry[][] => {
    const streams = services.get(service) ?? Array.from({ length: PARTITIONS }, () => []);
    services.set(service, streams);
    return streams;
  };
  const after = (speaker: string, positions: Positions) =>
    [...positions].flatMap(([partition, position]) =>
      (of(speaker)[partition] ?? []).filter(({ seq }) => seq > position).flatMap(({ text }) => decode(text) ?? []),
    );
  const news = (wait: number, closed: AbortSignal): Promise<void> =>
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
    publish: (service, events) => {
      for (const event of events) {
        const stream = of(service)[event.partition];
        if ((stream?.at(-1)?.seq ?? 0) >= event.seq) continue;
        stream?.push({ seq: event.seq, text: encode(event) });
        if (stream && stream.length > TAIL) stream.shift();
      }
      for (const end of [...waiting]) end();
      return Promise.resolve();
    },
    heads: service => Promise.resolve(of(service).map(stream => stream.at(-1)?.seq ?? 0)),
    forget: (service, partition) => {
      of(service)[partition] = [];
      return Promise.resolve();
    },
    subscribe: speaker => {
      const closed = new AbortController();
      return {
        read: async (positions, wait) => {
          const there = after(speaker, positions);
          if (there.length > 0 || closed.signal.aborted) return there;
          await news(wait, closed.signal);
          return after(speaker, positions);
        },
        close: () => {
          closed.abort();
        },
      };
    },
    onUp: listener => {
      listener();
    },
    close: () => undefined,
  };
}
