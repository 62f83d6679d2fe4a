import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";

/** What was done with a message: kept away from its reader, or given back; `key` is the caller's idempotency key. */
export type Entry = {
  id: string;
  /** Absent in entries made before messages could be given back. */
  kind?: "quarantine" | "release";
  message_id: string;
  action_key: string | null;
  key: string | null;
  created: number;
};

export type Store = {
  all: () => readonly Entry[];
  byKey: (key: string) => Entry | undefined;
  /** The newest of a message: how it stands. */
  byMessage: (messageId: string) => Entry | undefined;
  add: (entry: Entry) => void;
  close: () => void;
};

/**
 * The mailbox's own store: one JSON line an entry, on disk before the call returns. A line that a crash cut short was
 * never answered, so it is dropped at the next start.
 */
export function openStore(dataDir: string): Store {
  // What is in it was written to people: nobody else on the machine reads it.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, "quarantine.jsonl");
  const entries: Entry[] = [];
  const keys = new Map<string, Entry>();
  const messages = new Map<string, Entry>();
  const index = (entry: Entry) => {
    entries.push(entry);
    if (entry.key !== null) keys.set(entry.key, entry);
    messages.set(entry.message_id, entry);
  };
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  for (const line of text.split("\n")) {
    const entry = parseLine(line);
    if (entry) index(entry);
  }
  const handle = openSync(file, "a", 0o600);
  // Ends a cut line, so that the next entry starts on one of its own.
  if (text !== "" && !text.endsWith("\n")) writeSync(handle, "\n");
  return {
    all: () => entries,
    byKey: (key) => keys.get(key),
    byMessage: (messageId) => messages.get(messageId),
    add: (entry) => {
      writeSync(handle, `${JSON.stringify(entry)}\n`);
      fsyncSync(handle);
      index(entry);
    },
    close: () => closeSync(handle),
  };
}

function parseLine(line: string): Entry | undefined {
  if (line.trim() === "") return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined; // cut short by a crash
  }
}
