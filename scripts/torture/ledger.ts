import { existsSync, readFileSync } from "node:fs";

/** Something that happened in a fake system: the truth of a run. */
export type Effect = {
  kind: "effect";
  system: string;
  key: string;
  reference: string;
  invoice: string;
  amount: number;
  fault: string;
  at: number;
};
/** A request that reached a fake system. */
export type Received = { kind: "request"; system: string; key: string; fault: string; at: number };

/** What a client was told, written down before it went on. */
export type Told =
  | { kind: "acknowledged"; external: string; id: string; route: string; amount: number; system: string }
  | { kind: "ruled"; external: string; id: string; verdict: string; amount: number }
  | { kind: "cancelled"; external: string; id: string }
  | { kind: "too_late"; external: string; id: string }
  | { kind: "not_ruled"; external: string; id: string; status: string };

/** The lines of a log that its writer may still be adding to; a last line without its end is left out. */
export function readLog<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as T);
}
