"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { KeptVerdict } from "./kept-verdict";

// The device's: a reload and another tab find them. A verdict that storage refuses is not kept at all.
const storageKey = "countersign.kept-verdicts";
const listeners = new Set<() => void>();
const none: readonly KeptVerdict[] = [];
let parsed: { from: string; verdicts: readonly KeptVerdict[] } = { from: "", verdicts: none };

/** All that are kept here, of whomever. */
export function keptVerdicts(): readonly KeptVerdict[] {
  const stored = storedText();
  if (stored !== parsed.from) parsed = { from: stored, verdicts: readText(stored) };
  return parsed.verdicts;
}

/** Keeps it, in place of an earlier one of the same review; false: this browser keeps nothing. */
export function keepVerdict(verdict: KeptVerdict): boolean {
  return write([...others(verdict), verdict]);
}

/** Forgets it: it was given, taken back, or what became of it was read. False: it was not there. */
export function dropKept(verdict: Pick<KeptVerdict, "reviewId" | "by">): boolean {
  const isThere = others(verdict).length < keptVerdicts().length;
  if (isThere) write(others(verdict));
  return isThere;
}

/** The verdicts kept here for one person. */
export function useKept(by: string): readonly KeptVerdict[] {
  const all = useSyncExternalStore(subscribe, keptVerdicts, () => none);
  return useMemo(() => all.filter((each) => each.by === by), [all, by]);
}

function others({ reviewId, by }: Pick<KeptVerdict, "reviewId" | "by">): KeptVerdict[] {
  return keptVerdicts().filter((each) => each.reviewId !== reviewId || each.by !== by);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function storedText(): string {
  try {
    return localStorage.getItem(storageKey) ?? "";
  } catch {
    return "";
  }
}

function write(verdicts: readonly KeptVerdict[]): boolean {
  try {
    if (verdicts.length > 0) localStorage.setItem(storageKey, JSON.stringify(verdicts));
    else localStorage.removeItem(storageKey);
  } catch {
    return false;
  }
  for (const listener of listeners) listener();
  return true;
}

function readText(text: string): readonly KeptVerdict[] {
  try {
    const stored: unknown = JSON.parse(text);
    return Array.isArray(stored) ? stored.filter(isKept) : none;
  } catch {
    return none;
  }
}

// Another version of this page may have written it.
function isKept(value: unknown): value is KeptVerdict {
  if (typeof value !== "object" || value === null) return false;
  const texts = ["reviewId", "by", "summary", "until"];
  return texts.every((name) => typeof Reflect.get(value, name) === "string") && "ruling" in value;
}
