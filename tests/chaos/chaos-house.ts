import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

export const services = ['users', 'recipes', 'mealplans', 'shopping', 'social', 'blog', 'notifications'] as const;
export type Service = (typeof services)[number];
export const members = ['mongodb', 'mongodb-2', 'mongodb-3'] as const;

/** A house whose every way between processes leads through a proxy that can disturb it. */
export interface ChaosHouse extends House {
  data: string;
  /** the proxy before a server or room, by its name */
  proxy: (name: string) => FaultProxy;
  /** the admin's addresses */
  mongodb: string;
  redis: string;
  /** more environment for the next starts of a process */
  arm: (process: string, environment: Record<string, string>) => void;
  end: () => Promise<void>;
}

/**
 * Starts it in memory where there is room: three members of MongoDB's replica set, a Redis that keeps nothing.
 * `environment` is for all its processes: another bus, a safeguard less.
 */
export async function startChaosHouse(
  report: (line: string) => void,
  environment: Record<string, string> = {},
): Promise<ChaosHouse> {
  const data = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mealprep360-chaos-'));
  const proxies = new Map<string, FaultProxy>();
  const armed = new Map<string, Record<string, string>>();
  const close = async (): Promise<void> => {
    await Promise.all([...proxies.values()].map(proxy => proxy.close()));
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const house = await startHouse({
      portBase: await freePortBase(),
      data,
      durable: false,
      members: members.length,
      route: async (name, port) => {
        const proxy = await startFaultProxy(port);
        proxies.set(name, proxy);
        return proxy.port;
      },
      env: process => ({ AUDIT_EVENTS: 'true', LOG_LEVEL: 'warn', ...environment, ...armed.get(process) }),
      report,
    });
    const { mongodb, redis } = house.run() ?? {};
    if (typeof mongodb !== 'string' || redis === undefined) throw new Error('the house does not tell its stores');
    return {
      ...house,
      data,
      mongodb,
      redis,
      proxy: name => {
        const proxy = proxies.get(name);
        if (proxy === undefined) throw new Error(`there is no proxy before ${name}`);
        return proxy;
      },
      arm: (process, environment) => armed.set(process, environment),
      end: async () => {
        await house.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
