export interface RunningPostgres {
  url: string;
  port: number;
  pid: number;
  cluster: string;
  /** True when the server ran already. */
  adopted: boolean;
  stop(): Promise<void>;
}

interface Options {
  /** An absolute folder; the cluster, its log and its pointer file live in it. */
  dataDir: string;
  password: string;
  database?: string;
}

export function startPostgres(options: Options): Promise<RunningPostgres>;
export function findPostgres(options: Options): Promise<string | undefined>;
export function stopPostgres(dataDir: string): Promise<void>;
