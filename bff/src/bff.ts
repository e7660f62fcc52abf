import type { BffConfig } from '@mealprep360/service/config';
import { correlate } from '@mealprep360/service/correlation';
import { cors } from '@mealprep360/service/cors';
import { drainable } from '@mealprep360/service/drain';
import { listen, webServer } from '@mealprep360/service/http';
import { logger } from '@mealprep360/service/logger';
import type { Express, RequestHandler } from 'express';
import { sendTagged } from './etag.ts';
import { gatewayLink, type GatewayLink } from './gateway-link.ts';
import { openApi } from './openapi.ts';
import { openApiPage } from './openapi-page.ts';
import { answerProblems, answerUnreadable, Problem } from './problem.ts';
import { screens } from './screens.ts';
import { show, type Screen } from './screen.ts';

export interface RunningBff {
  /** http://host:port */
  url: string;
  port: number;
  /** Resolves within 10 s, when running requests are answered. */
  stop: () => Promise<void>;
}

/** Starts the doors of the frontends: a route for each screen, their description, and health. */
export async function startBff(config: BffConfig): Promise<RunningBff> {
  const log = logger('bff', config.logLevel);
  const gateway = gatewayLink(config.gatewayUrl, log);
  const { app, server } = webServer();
  const drain = drainable(server, 9000);
  let stopping = false;
  server.on('clientError', answerUnreadable);
  app.set('query parser', 'simple');
  app.use(correlate, pagesOf(config));
  health(app, gateway, () => stopping);
  describeScreens(app);
  for (const screen of screens) app.all(screen.path, readOnly, withoutParameters, answer(screen, gateway));
  app.use(() => {
    throw new Problem('NOT_FOUND', `The screens are ${screens.map(({ path }) => path).join(' and ')}.`);
  });
  app.use(answerProblems(log));
  const port = await listen(server, config.port, config.host);
  log.info({ port, gateway: config.gatewayUrl }, 'listening');
  return {
    url: `http://${config.host}:${port}`,
    port,
    stop: async () => {
      stopping = true;
      await drain();
      log.info('stopped');
    },
  };
}

const pagesOf = ({ corsOrigins, production }: BffConfig): RequestHandler =>
  cors({
    origins: corsOrigins,
    allowLocal: !production,
    methods: ['GET', 'HEAD'],
    headers: ['authorization', 'if-none-match', 'x-correlation-id', 'traceparent'],
    exposed: ['etag', 'retry-after', 'www-authenticate', 'x-correlation-id'],
  });

/** GET /health/live: this process answers. /health/ready: it is not stopping, and the gateway is there. */
function health(app: Express, gateway: GatewayLink, isStopping: () => boolean): void {
  app.get('/health/live', (_, response) => void response.json({ live: true }));
  app.get('/health/ready', async (_, response) => {
    const missing = [...(isStopping() ? ['bff'] : []), ...((await gateway.isThere()) ? [] : ['gateway'])];
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  });
}

function describeScreens(app: Express): void {
  const api = openApi(screens);
  const page = openApiPage(api);
  app.all('/openapi.json', readOnly, withoutParameters, (_, response) => void response.json(api));
  app.all('/', readOnly, withoutParameters, (_, response) => {
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.type('html').send(page);
  });
}

const readOnly: RequestHandler = (request, _response, next) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Problem('METHOD_NOT_ALLOWED', `${request.path} takes GET, not ${request.method}.`);
  }
  next();
};

const withoutParameters: RequestHandler = (request, _response, next) => {
  const [unknown] = Object.keys(request.query);
  if (unknown !== undefined) throw new Problem('UNKNOWN_PARAMETER', `${request.path} takes no parameter "${unknown}".`);
  next();
};

const answer =
  (screen: Screen, gateway: GatewayLink): RequestHandler =>
  async (request, response) => {
    const authorization = request.get('authorization') ?? '';
    if (!/^Bearer +\S+$/i.test(authorization)) {
      throw new Problem('UNAUTHENTICATED', 'Send the access token: Authorization: Bearer <token>.');
    }
    sendTagged(request, response, await show(screen, gateway, authorization));
  };
