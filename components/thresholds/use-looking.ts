"use client";

import { parseAsFloat, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

const periods = ["30", "90", "all"] as const;
export const periodWords: Record<(typeof periods)[number], string> = {
  "30": "Last 30 days",
  "90": "Last 90 days",
  all: "All time",
};

/** What may be promised where no contract says it. */
export const budgets = [0.005, 0.01, 0.02, 0.05, 0.1] as const;
export const defaultBudget = 0.02;

/** What the page is about and what it tries out; it lives in the address, so that a draft can be sent to somebody. */
export function useLooking(firstType: string) {
  return useQueryStates(
    {
      type: parseAsString.withDefault(firstType),
      predicted: parseAsStringLiteral(["positive", "negative"]).withDefault("positive"),
      contract: parseAsString.withDefault(""),
      days: parseAsStringLiteral(periods).withDefault("30"),
      /** The draft threshold; absent: the one in force. */
      at: parseAsFloat,
      budget: parseAsFloat.withDefault(defaultBudget),
      outcomes: parseAsStringLiteral(["drawn", "all"]).withDefault("drawn"),
      scale: parseAsStringLiteral(["raw", "calibrated"]).withDefault("raw"),
      /** What an hour of a reviewer costs, in whole units of the type's currency. */
      hour: parseAsFloat.withDefault(40),
    },
    { clearOnDefault: true, history: "replace" },
  );
}

export type Looking = ReturnType<typeof useLooking>[0];
export type Change = (part: Partial<Looking>) => void;

/** Two decimals where they say it, up to four where somebody typed them. */
export function thresholdText(threshold: number): string {
  const text = threshold.toFixed(4).replace(/0{1,2}$/, "");
  return text;
}

/** A threshold as typed: 0 to 1, with a comma too; undefined where it is none. */
export function thresholdOf(text: string): number | undefined {
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !(number >= 0 && number <= 1)) return undefined;
  return Math.round(number * 10_000) / 10_000;
}

/** One step of the handle, kept on whole hundredths and within 0 and 1. */
export function stepped(threshold: number, by: number): number {
  const hundredths = by > 0 ? Math.floor(threshold * 100 + 1e-9) : Math.ceil(threshold * 100 - 1e-9);
  return Math.min(100, Math.max(0, hundredths + Math.round(by * 100))) / 100;
}
