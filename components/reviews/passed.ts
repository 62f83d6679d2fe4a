"use client";

import { useSyncExternalStore } from "react";

// Reviews this tab is done with: ruled on or skipped. They are not offered again in this session.
const storageKey = "countersign.passed";
const listeners = new Set<() => void>();
const none: ReadonlySet<string> = new Set();
let passed: ReadonlySet<string> | undefined;

function read(): ReadonlySet<string> {
  if (passed) return passed;
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    passed = new Set(
      Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [],
    );
  } catch {
    // Storage may be refused (private windows): the page's own memory is enough.
    passed = new Set();
  }
  return passed;
}

function write(next: ReadonlySet<string>): void {
  passed = next;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...next].slice(-500)));
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

export function pass(id: string): void {
  write(new Set([...read(), id]));
}

export function unpass(id: string): void {
  write(new Set([...read()].filter((each) => each !== id)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The reviews this tab is done with. */
export function usePassed(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, read, () => none);
}
