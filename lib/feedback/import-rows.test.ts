import { describe, expect, test } from "vitest";
import { FeedbackRow, OutcomeRow } from "./import-rows";
import { rowOfCells } from "./import-columns";
import { headingOf } from "./import-columns";

function rowOf(kind: "feedback" | "outcomes", head: string[], cells: string[]) {
  const heading = headingOf(kind, head);
  return "problem" in heading ? heading : rowOfCells(heading.columns, cells);
}

test("columns become a row, empty cells say nothing", () => {
  expect(
    rowOf(
      "feedback",
      ["Subject Type", "subject-id", " FROM ", "vote", "score", "correction", "text"],
      ["customer", "c-1", "2026-01-01T00:00:00Z", "down", "0.25", '{"amount": 5}', " "],
    ),
  ).toEqual({
    value: {
      subject: { type: "customer", id: "c-1" },
      window: { from: "2026-01-01T00:00:00Z" },
      vote: "down",
      score: 0.25,
      correction: { amount: 5 },
    },
  });
  expect(rowOf("outcomes", ["external_id", "correct"], ["o-1", "No"])).toEqual({
    value: { external_id: "o-1", correct: false },
  });
});

describe("what cannot be read says so", () => {
  test.each([
    [["decision_id", "__proto__"], ["a", "b"], "no column “__proto__”"],
    [["vote", "Vote"], ["up", "up"], "stands there twice"],
    [["score", "vote"], ["one", "up"], "“one” is not a number"],
    [["correction", "vote"], ["{", "up"], "is not JSON"],
    [["vote"], ["up", "x"], "2 cells stand under 1 columns"],
  ])("%j %j", (head, cells, problem) => {
    expect(rowOf("feedback", head, cells)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
  test("true and false in words only", () => {
    expect(rowOf("outcomes", ["correct"], ["toString"])).toHaveProperty("problem");
  });
});

test("a row names its decision in exactly one way, and says something", () => {
  const ok = (row: object) => FeedbackRow.safeParse(row).success;
  expect(ok({ decision_id: "dec_1", vote: "up" })).toBe(true);
  expect(ok({ decision_id: "dec_1", key: "k" })).toBe(false);
  expect(ok({ decision_id: "dec_1", external_id: "e", vote: "up" })).toBe(false);
  expect(ok({ vote: "up" })).toBe(false);
  expect(ok({ external_id: "e", window: { from: "2026-01-01T00:00:00Z" }, vote: "up" })).toBe(false);
  expect(OutcomeRow.safeParse({ external_id: "e" }).success).toBe(false);
  expect(OutcomeRow.safeParse({ subject: { type: "t", id: "1" }, truth: "positive" }).success).toBe(true);
});
