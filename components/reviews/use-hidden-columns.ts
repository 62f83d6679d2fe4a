"use client";

import { useSyncExternalStore } from "react";

const storageKey = "countersign.inbox.hidden";
const none: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
let known: { text: string; hidden: ReadonlySet<string> } = { text: "", hidden: none };

function read(): ReadonlySet<string> {
  let text = "";
  try {
    text = localStorage.getItem(storageKey) ?? "";
  } catch {
    // Storage may be refused (private windows, policies): every column is shown.
    return known.hidden;
  }
  // The same text is the same set: React compares by identity.
  if (text !== known.text) known = { text, hidden: new Set(text.split(",").filter(Boolean)) };
  return known.hidden;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The columns of the inbox this person does not want to see, kept in this browser. */
export function useHiddenColumns(): [ReadonlySet<string>, (hidden: ReadonlySet<string>) => void] {
  const hidden = useSyncExternalStore(subscribe, read, () => none);
  function set(next: ReadonlySet<string>): void {
    const text = [...next].join();
    try {
      localStorage.setItem(storageKey, text);
    } catch {
      known = { text: known.text, hidden: next };
    }
    for (const listener of listeners) listener();
  }
  return [hidden, set];
}
