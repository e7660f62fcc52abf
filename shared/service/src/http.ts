import express, { type Express, type RequestHandler } from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { Fault } from './fault.ts';
import { InvalidToken, readService, type Keys } from './tokens.ts';

/** What may be asked of a service besides its graph, without a token. */
export interface Health {
  /** the parts that are not ready yet, by name; none means ready */
  missing: () => Promise<string[]>;
  /** milliseconds a database ping took; throws when there is no answer */
  pingDatabase: () => Promise<number>;
}

/** GET /health/live, /health/ready and /health/database. */
export function healthRoutes(app: Express, health: Health): void {
  app.get('/health/live', (_, response) => void response.json({ live: true }));
  app.get('/health/ready', async (_, response) => {
    const missing = await health.missing();
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  });
  app.get('/health/database', async (_, response) => {
    const responseTime = await health.pingDatabase().catch(() => null);
    response.status(responseTime === null ? 503 : 200).json({ healthy: responseTime !== null, responseTime });
  });
}

/** POST routes for other services: a service token for this service, signed by one of `callers`. */
export function internalRoute(
  app: Express,
  path: string,
  guard: { keys: Keys; self: string; callers: readonly string[] },
  answer: (body: unknown, caller: string) => Promise<unknown>,
): void {
  app.post(path, express.json({ limit: '4mb' }), async (request, response) => {
    try {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const caller = await readService(guard.keys, guard.self, token);
      if (!guard.callers.includes(caller)) {
        response.status(403).json({ error: `${caller} may not call ${path}` });
        return;
      }
      response.json(await answer(request.body, caller));
    } catch (error) {
      if (error instanceof InvalidToken) {
        response.status(401).json({ error: 'a service token for this service is needed' });
      } else if (error instanceof Fault || error instanceof z.ZodError) {
        response.status(400).json({ error: error.message });
      } else {
        throw error;
      }
    }
  });
}

/** An express app that names nothing of itself, and its server, not yet listening. */
export function webServer(): { app: Express; server: Server } {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  const server = createServer(app);
  // Longer than a client's own keep-alive, so that the client closes first and no request meets a closing socket.
  server.keepAliveTimeout = 65_000;
  return { app, server };
}

export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export const notFound: RequestHandler = (_, response) => {
  response.status(404).json({ error: 'There is nothing here. The graph is at /graphql.' });
};
