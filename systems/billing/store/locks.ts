export type Locks = ReturnType<typeof createLocks>;

/** Runs work under one name strictly one after another in this process; only a courtesy, never the guard. */
export function createLocks() {
  const tails = new Map<string, Promise<unknown>>();

  async function run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (tails.get(name) ?? Promise.resolve()).then(work, work);
    const settled = turn.catch(() => undefined);
    tails.set(name, settled);
    try {
      return await turn;
    } finally {
      if (tails.get(name) === settled) tails.delete(name);
    }
  }

  async function drain(): Promise<void> {
    while (tails.size > 0) await Promise.all(tails.values());
  }

  return { run, drain };
}
