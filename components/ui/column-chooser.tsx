"use client";

import { Columns3 } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Column } from "@/components/ui/data-row";
import { MenuPanel } from "@/components/ui/menu-panel";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

const keyOf = (list: string) => `countersign.hidden-columns.${list}`;

function readHidden(list: string): string {
  try {
    return localStorage.getItem(keyOf(list)) ?? "";
  } catch {
    // Storage may be refused: every column is shown.
    return "";
  }
}

/** Ids of the columns that are hidden in this browser, and a way to hide or show one. */
function useHidden(list: string): [string[], (id: string) => void] {
  const stored = useSyncExternalStore(
    subscribe,
    () => readHidden(list),
    () => "",
  );
  const hidden = stored.split(" ").filter((id) => id !== "");
  function toggle(id: string) {
    const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
    try {
      localStorage.setItem(keyOf(list), next.join(" "));
    } catch {
      // As above: nothing is hidden.
    }
    for (const listener of listeners) listener();
  }
  return [hidden, toggle];
}

/** The columns of a list without those hidden in this browser; the one that carries the link always stays. */
export function useShownColumns<Row>(list: string, columns: Column<Row>[]): Column<Row>[] {
  const [hidden] = useHidden(list);
  return columns.filter(({ id, role }) => role !== undefined || !hidden.includes(id));
}

/** Which columns a list shows. What a narrow screen leaves out anyway stays out. */
export function ColumnChooser<Row>({ list, columns }: { list: string; columns: Column<Row>[] }) {
  const [hidden, toggle] = useHidden(list);
  return (
    <MenuPanel label="Columns" icon={<Columns3 aria-hidden />}>
      {() => (
        <ul className="flex flex-col px-2 py-1">
          {columns
            .filter(({ role }) => role === undefined)
            .map(({ id, header }) => (
              <li key={id}>
                <Checkbox
                  label={header}
                  checked={!hidden.includes(id)}
                  onChange={() => toggle(id)}
                  className="w-full py-1"
                />
              </li>
            ))}
        </ul>
      )}
    </MenuPanel>
  );
}
