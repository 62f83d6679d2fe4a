"use client";

import { useState } from "react";

/** The row the keyboard is on and the rows that are selected, of a list that may change underneath. */
export function useSelection(ids: readonly string[]) {
  const [activeId, setActiveId] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const at = activeId === undefined ? -1 : ids.indexOf(activeId);
  const neighbour = (by: 1 | -1) => ids[Math.min(ids.length - 1, Math.max(0, at + (at < 0 ? 1 : by)))];

  return {
    activeId,
    selected,
    setActiveId,
    move: (by: 1 | -1) => setActiveId(neighbour(by)),
    toggle(id: string): void {
      setSelected((was) =>
        was.has(id) ? new Set([...was].filter((each) => each !== id)) : new Set([...was, id]),
      );
    },
    /** Selects this row and the next; back over a selected one takes this row out again. */
    extend(by: 1 | -1): void {
      const next = neighbour(by);
      if (next === undefined) return;
      setActiveId(next);
      if (activeId === undefined) setSelected((was) => new Set([...was, next]));
      else if (selected.has(activeId) && selected.has(next) && next !== activeId) {
        setSelected((was) => new Set([...was].filter((each) => each !== activeId)));
      } else setSelected((was) => new Set([...was, activeId, next]));
    },
    choose: (chosen: readonly string[]) => setSelected(new Set(chosen)),
    clear: () => setSelected(new Set()),
  };
}
