import type { Express } from 'express';
import type { SubgraphLink } from './subgraph-link.ts';

/** One subgraph's database, as its subgraph sees it. */
interface DatabaseHealth {
  service: string;
  healthy: boolean;
  /** milliseconds of a ping; null without an answer */
  responseTime: number | null;
}

const readyWait = 1000;
const databaseWait = 1500;

/**
 * GET /health/live: this process answers. /health/ready: it is not stopping, and every subgraph is ready; else 503 with
 * the names of those that are not. /health/databases: the database of each subgraph, within 2 s.
 */
export function healthRoutes(app: Express, links: readonly SubgraphLink[], isStopping: () => boolean): void {
  app.get('/health/live', (_, response) => void response.json({ live: true }));
  app.get('/health/ready', async (_, response) => {
    const ready = await Promise.all(links.map(isReady));
    const missing = [
      ...(isStopping() ? ['gateway'] : []),
      ...links.flatMap(({ name }, at) => (ready[at] ? [] : [name])),
    ];
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  });
  app.get('/health/databases', async (_, response) => {
    const services = await Promise.all(links.map(databaseHealth));
    const healthy = services.every(service => service.healthy);
    response.status(healthy ? 200 : 503).json({ overall: healthy ? 'healthy' : 'unhealthy', services });
  });
}

const isReady = (link: SubgraphLink): Promise<boolean> =>
  link.get('/health/ready', readyWait).then(
    ({ status }) => status === 200,
    () => false,
  );

async function databaseHealth({ name, get }: SubgraphLink): Promise<DatabaseHealth> {
  const none = { service: name, healthy: false, responseTime: null };
  try {
    const { body } = await get('/health/database', databaseWait);
    if (typeof body !== 'object' || body === null || !('healthy' in body) || !('responseTime' in body)) return none;
    const { healthy, responseTime } = body;
    return {
      service: name,
      healthy: healthy === true,
      responseTime: typeof responseTime === 'number' ? responseTime : null,
    };
  } catch {
    // a service that does not answer is the finding, not a fault
    return none;
  }
}
