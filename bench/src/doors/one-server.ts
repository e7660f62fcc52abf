import { loggedWith } from './one-identity.ts';
import { dashboard, home } from './one-screens.ts';
import { openOne } from './one-database.ts';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

// What the same two screens are without federation: one process, one database, one handler for each. Its parent tells
// it where its data are, and ends it.

const setting = z.object({ mongodb: z.string(), publicKeysFile: z.string() });

// whatever ends the parent ends this
process.once('disconnect', () => process.exit());
const told: unknown[] = await once(process, 'message');
const { mongodb, publicKeysFile } = setting.parse(told[0]);
const db = await openOne(mongodb);
const identify = loggedWith(publicKeysFile, db);
const screens = new Map<string, typeof dashboard | typeof home>([
  ['/web/dashboard', dashboard],
  ['/mobile/home', home],
]);

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    send(response, 500, { error: error instanceof Error ? error.message : String(error) });
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const screen = screens.get(request.url ?? '');
  if (screen === undefined) {
    send(response, 404, { error: 'no such screen' });
    return;
  }
  const userId = await identify(request.headers.authorization ?? '');
  if (userId === null) {
    send(response, 401, { error: 'sign in first' });
    return;
  }
  const body = JSON.stringify(await screen(db, userId));
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  response.setHeader('etag', tag).setHeader('cache-control', 'private, no-cache').setHeader('vary', 'Authorization');
  if (request.headers['if-none-match'] === tag) response.writeHead(304).end();
  else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
