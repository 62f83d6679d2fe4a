"use client";

import { useSyncExternalStore } from "react";

// Reviews this tab is done with: ruled on or skipped. They are not offered again in this session.
const storageKey = "countersign.passed";
const listeners = new Set<() => void>();
/** As the server draws it: it knows of nothing that was passed. */
export const nonePassed: ReadonlySet<string> = new Set();
let passed: ReadonlySet<string> | undefined;

/** The reviews this tab is done with, as stored now. Components use `usePassed`. */
export function readPassed(): ReadonlySet<string> {
  if (passed) return passed;
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    const ids = Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [];
    // The very set the server drew with: another would have the whole page drawn again at once.
    passed = ids.length > 0 ? new Set(ids) : nonePassed;
  } catch {
    // Storage may be refused (private windows): the page's own memory is enough.
    passed = nonePassed;
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
  write(new Set([...readPassed(), id]));
}

export function unpass(id: string): void {
  write(new Set([...readPassed()].filter((each) => each !== id)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The reviews this tab is done with. */
export function usePassed(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, readPassed, () => nonePassed);
}
