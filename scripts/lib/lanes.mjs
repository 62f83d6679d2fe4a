/**
 * The stacks behind the browser stories: each worker of Playwright has one of its own, with a database of its own.
 * COUNTERSIGN_E2E_LANES says how many; the first has the given port and data folder, the others have theirs beside it.
 * @param {{ port: number, dataDir: string, count: number }} first
 * @returns {{ url: string, port: number, dataDir: string }[]}
 */
export function lanesOf({ port, dataDir, count }) {
  return Array.from({ length: count }, (_, at) => {
    // Far from each other: beside its own port a stack takes the next ones for its systems.
    const own = port + at * 400;
    return {
      url: `http://localhost:${own}`,
      port: own,
      dataDir: at === 0 ? dataDir : `${dataDir}-${at + 1}`,
    };
  });
}
