"use client";

import { useSyncExternalStore } from "react";

type Preferences = { density: "compact" | "comfortable" };

/** What may be stored; the first is the default. */
const choices: { [K in keyof Preferences]: readonly [Preferences[K], ...Preferences[K][]] } = {
  density: ["compact", "comfortable"],
};

const listeners = new Set<() => void>();

/** The choice as stored now; for event handlers. Components use `usePreference`. */
export function readPreference<K extends keyof Preferences>(name: K): Preferences[K] {
  const known: readonly Preferences[K][] = choices[name];
  const [first] = choices[name];
  try {
    const stored = localStorage.getItem(`countersign.${name}`);
    return known.find((choice) => choice === stored) ?? first;
  } catch {
    // Storage may be refused (private windows, policies): the default holds.
    return first;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** A choice kept in this browser, shared by all tabs: `const [density, setDensity] = usePreference("density")`. */
export function usePreference<K extends keyof Preferences>(
  name: K,
): [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => readPreference(name),
    () => choices[name][0],
  );
  function set(next: Preferences[K]) {
    try {
      localStorage.setItem(`countersign.${name}`, next);
    } catch {
      // As above: the choice is then for nothing but this call.
    }
    for (const listener of listeners) listener();
  }
  return [value, set];
}
