import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';

/** Answers with JSON under its ETag, or with 304 when the client has just this. Only the client itself may keep it. */
export function sendTagged(request: Request, response: Response, content: unknown): void {
  const body = JSON.stringify(content);
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  response.setHeader('etag', tag).setHeader('cache-control', 'private, no-cache');
  response.vary('Authorization');
  if (isHeld(request.get('if-none-match') ?? '', tag)) response.status(304).end();
  else response.type('application/json').send(body);
}

const isHeld = (held: string, tag: string): boolean =>
  held.trim() === '*' || held.split(',').some(one => one.trim().replace(/^W\//, '') === tag);
