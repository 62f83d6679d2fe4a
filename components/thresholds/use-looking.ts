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
