"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False until the page answers to clicks: a form sent earlier would be lost, so its button waits. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
