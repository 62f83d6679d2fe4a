import { Observe } from "@/lib/apps/schema";
import type { JsonValue } from "@/lib/kernel/json";
import type { Act } from "../connector";
import type { WaitingRow } from "./read-waiting";

/** What is looked at before an execution's first byte is sent, and after it succeeded. */
export type Watch = {
  act: Act;
  /** The action's own look; null when it has none and only what it would undo is looked at. */
  observe: Observe | null;
  /** The state its approval rests on; null where nobody approved it beforehand. */
  expected: JsonValue;
  /** The execution it would undo. */
  undoes: string | null;
  /** Looks that may fail before a person is asked. */
  maxLooks: number;
};

/** Null for an act with nothing to look at: the common case, which costs nothing. */
export function watchOf(row: WaitingRow): Watch | null {
  const observe = row.action_config.observe ?? null;
  if (observe === null && row.compensates_id === null) return null;
  return {
    act: { actionKey: row.action_key, arguments: row.arguments },
    observe: observe && Observe.parse(observe),
    expected: row.expected_state,
    undoes: row.compensates_id,
    maxLooks: row.max_attempts,
  };
}
