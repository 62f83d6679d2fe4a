type Pace = {
  /** From the first word of something to acting on it: more of the same comes in with it. */
  gatherMs: number;
  /** While words keep coming, they are acted on this seldom. */
  restMs: number;
};

/** Acts once on each key, after a moment; in a flood, once in a while. Answers the way to say that a key is due. */
export function gathered<T>(
  act: (item: T) => void,
  { gatherMs, restMs }: Pace,
): (key: string, item: T) => void {
  const due = new Map<string, T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let actedAt = -Infinity;
  function actOnAll(): void {
    timer = undefined;
    actedAt = performance.now();
    const items = [...due.values()];
    due.clear();
    for (const item of items) act(item);
  }
  return (key, item) => {
    due.set(key, item);
    timer ??= setTimeout(actOnAll, Math.max(gatherMs, actedAt + restMs - performance.now()));
  };
}
