import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  operationName: string;
  query: string;
  headers: IncomingHttpHeaders;
}

interface Reply {
  status?: number;
  body: unknown;
  /** resolves when the reply may go */
  after?: Promise<void>;
}

/** A gateway that answers as it is told: for the shapes of failure that a whole house gives only by chance. */
export async function standInGateway() {
  const asked: Asked[] = [];
  let reply: Reply = { body: {} };
  const server = createServer((request, response) => {
    if (request.url === '/health/live') {
      response.end('{}');
      return;
    }
    let text = '';
    request.on('data', chunk => (text += String(chunk)));
    request.on('end', () => {
      asked.push({ ...(JSON.parse(text) as Omit<Asked, 'headers'>), headers: request.headers });
      const { status = 200, body, after = Promise.resolve() } = reply;
      void after.then(() => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked,
    replies: (next: Reply) => void (reply = next),
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type StandInGateway = Awaited<ReturnType<typeof standInGateway>>;
