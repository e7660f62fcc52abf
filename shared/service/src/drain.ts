import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

// Long enough for a client at work to be told, by its next answer, not to use its connection again.
const notice = 300;

/**
 * Call it right after the server is made; the function it returns stops the server without losing a request: every
 * answer from then on closes its connection, new ones are taken until clients had notice, running requests end, and
 * what is left after `patience` milliseconds is cut off.
 */
export function drainable(server: Server, patience: number): () => Promise<void> {
  const running = new Set<ServerResponse>();
  let draining = false;
  const lastOfItsConnection = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.prependListener('request', (_, response: ServerResponse) => {
    running.add(response);
    response.once('close', () => running.delete(response));
    if (draining) lastOfItsConnection(response);
  });
  return async () => {
    draining = true;
    running.forEach(lastOfItsConnection);
    await pause(notice);
    const closed = once(server, 'close');
    server.close();
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, patience);
    await closed;
    clearTimeout(cut);
  };
}
