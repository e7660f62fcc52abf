import type { Express } from 'express';
import { Counter, Gauge, Registry } from 'prom-client';
import type { ServiceStatus } from './ops-messages.ts';

type Labels = Record<string, string>;
type Value = [value: number | null, labels?: Labels];

/** GET /metrics: Prometheus text of a service's status, made when it is asked for. Counts only, no names of people. */
export function metricsRoute(app: Express, status: () => Promise<ServiceStatus>): void {
  app.get('/metrics', async (_, response) => {
    const registry = metricsOf(await status());
    response.type(registry.contentType).send(await registry.metrics());
  });
}

/** The same numbers as `ops status`; those of the events are missing while the database does not answer. */
export function metricsOf(status: ServiceStatus): Registry {
  const registry = processMetrics(new Registry());
  registry.setDefaultLabels({ service: status.service });
  const gauge = gaugesOf(registry);
  gauge('ready', 'Whether the service is ready', [[status.missing.length === 0 ? 1 : 0]]);
  gauge('database_up', 'Whether the database answers', [[status.databasePing === null ? 0 : 1]]);
  gauge('database_ping_seconds', 'What a ping of the database took', [
    [status.databasePing === null ? null : status.databasePing / 1000],
  ]);
  if (status.events) eventMetrics(registry, status.events);
  return registry;
}

function eventMetrics(registry: Registry, events: Events): void {
  const { unsent, heard, deadLetters, sagas, commands } = events;
  const gauge = gaugesOf(registry);
  const byPartition = (value: (partition: (typeof heard)[number]['partitions'][number]) => number) =>
    heard.flatMap(({ speaker, partitions }) =>
      partitions.map((one): Value => [value(one), { speaker, partition: String(one.partition) }]),
    );
  gauge('events_unsent', 'Events said and not on the bus yet', [[unsent.count]]);
  gauge('events_unsent_oldest_seconds', 'Age of the oldest of these', [[unsent.oldestSeconds ?? 0]]);
  gauge(
    'events_lag',
    'Head minus checkpoint',
    byPartition(({ head, checkpoint }) => head - checkpoint),
  );
  gauge(
    'events_checkpoint',
    'Number of the last event applied',
    byPartition(({ checkpoint }) => checkpoint),
  );
  gauge(
    'events_retries',
    'How often the event next in line has failed so far',
    byPartition(({ tries }) => tries),
  );
  gauge(
    'events_heads_age_seconds',
    'Since the owner last told its heads',
    heard.map(({ speaker, headsSecondsAgo }): Value => [headsSecondsAgo, { speaker }]),
  );
  parkedMetrics(gauge, deadLetters);
  sagaMetrics(gauge, sagas);
  gauge(
    'commands_open',
    "What other services' sagas asked for and is not done",
    commands.map(({ command, state, count }): Value => [count, { command, state }]),
  );
  gauge('commands_retried', 'Commands that failed and are tried again', [[events.commandsRetried]]);
  counter(
    registry,
    'unknown_events_total',
    'Events skipped since no contract here knows their type',
    heard.flatMap(({ speaker, unknown }) =>
      Object.entries(unknown).map(([type, count]): Value => [count, { speaker, type }]),
    ),
  );
}

function parkedMetrics(gauge: SetGauge, deadLetters: Events['deadLetters']): void {
  gauge('dead_letters', 'Events that were put aside', [
    [deadLetters.parked, { state: 'PARKED' }],
    [deadLetters.discarded, { state: 'DISCARDED' }],
  ]);
  gauge('dead_letters_newer_version', 'Parked events that newer code wrote', [[deadLetters.newerVersion]]);
  gauge('parked_aggregates', 'Aggregates with a parked event', [[deadLetters.aggregates]]);
}

function sagaMetrics(gauge: SetGauge, sagas: Events['sagas']): void {
  const open = sagas.open.map(({ type, state, ...rest }) => ({ labels: { type, state }, ...rest }));
  gauge(
    'sagas_open',
    'Sagas under way',
    open.map(({ count, labels }): Value => [count, labels]),
  );
  gauge(
    'sagas_open_oldest_seconds',
    'Age of the oldest of these',
    open.map(({ oldestSeconds, labels }): Value => [oldestSeconds, labels]),
  );
  gauge('sagas_ended', 'Sagas that ended, since the database began', [
    [sagas.completed, { state: 'COMPLETED' }],
    [sagas.compensated, { state: 'COMPENSATED' }],
  ]);
}

type Events = NonNullable<ServiceStatus['events']>;
type SetGauge = ReturnType<typeof gaugesOf>;

const gaugesOf =
  (registry: Registry) =>
  (name: string, help: string, values: readonly Value[]): void => {
    const labelNames = Object.keys(values[0]?.[1] ?? {});
    const gauge = new Gauge({ name: `mealprep360_${name}`, help, labelNames, registers: [registry] });
    for (const [value, labels = {}] of values) if (value !== null) gauge.set(labels, value);
  };

function counter(registry: Registry, name: string, help: string, values: readonly Value[]): void {
  const labelNames = Object.keys(values[0]?.[1] ?? {});
  const made = new Counter({ name: `mealprep360_${name}`, help, labelNames, registers: [registry] });
  for (const [value, labels = {}] of values) made.inc(labels, value ?? 0);
}

/** What every process tells of itself, under the names that dashboards know; read when asked, nothing is sampled. */
export function processMetrics(registry: Registry): Registry {
  const { user, system } = process.cpuUsage();
  const cpu = new Counter({ name: 'process_cpu_seconds_total', help: 'CPU time used', registers: [registry] });
  cpu.inc((user + system) / 1e6);
  const gauge = (name: string, help: string, value: number) => {
    new Gauge({ name, help, registers: [registry] }).set(value);
  };
  gauge('process_resident_memory_bytes', 'Memory in use', process.memoryUsage.rss());
  gauge('process_start_time_seconds', 'When the process began', Math.round(Date.now() / 1000 - process.uptime()));
  return registry;
}
