/** What is to be known of a server to find it: MongoDB and Redis are each one of these. */
export interface ServerKind {
  title: string;
  /** the environment variable with the address of a running one; null where only a program will do */
  address: string | null;
  /** the environment variable with the path of a binary */
  binary: string;
  /** names of the program on PATH, the best first */
  programs: string[];
  /** the oldest major version that does */
  minimum: number;
  /** reads what `program --version` prints */
  readVersion: (output: string) => { product: string; version: string } | undefined;
  /** where earlier fetches left it in the cache folder, the best first; not all need exist */
  cached: (cache: string) => Promise<string[]>;
  /** tried in this order; each resolves with the binary's path, or throws with the reason */
  fetchers: ((search: Search) => Promise<string>)[];
  /** whether there is something to fetch for this system */
  fetchable: boolean;
  /** what a person can do where nothing can be fetched */
  advice: string;
}

export interface Binary {
  path: string;
  /** mongodb, redis or valkey */
  product: string;
  version: string;
  source: string;
}

export type Found = Binary | { address: string; source: string };

export type Report = (line: string) => void;

/** Where and how to search for a server. */
export interface Search {
  env: NodeJS.ProcessEnv;
  /** where fetched servers are kept, outside the clone */
  cache: string;
  report: Report;
  /** ends a fetch that is under way */
  signal?: AbortSignal | undefined;
}
