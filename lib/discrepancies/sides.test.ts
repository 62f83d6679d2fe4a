import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  disagree,
  pairsOf,
  pairWords,
  possiblePairs,
  stepOf,
  strongestSide,
  type Sides,
  type Word,
} from "./sides";
import { discrepancySides, discrepancyStatuses } from "./vocabulary";
import { newest, wordOfFeedback } from "./words";

const word = (truth: "positive" | "negative", more: Partial<Word> = {}): Word => ({
  truth,
  arguments: null,
  said: truth === "positive" ? "act" : "leave",
  by: null,
  at: null,
  text: null,
  ...more,
});

const anyWord = fc.record({
  truth: fc.constantFrom("positive" as const, "negative" as const),
  arguments: fc.option(fc.record({ amount: fc.integer({ min: 1, max: 3 }) })),
  said: fc.constantFrom("act", "up", "down"),
  by: fc.constant(null),
  at: fc.constant(null),
  text: fc.option(fc.string({ maxLength: 5 })),
});
const anySides: fc.Arbitrary<Sides> = fc
  .record(Object.fromEntries(discrepancySides.map((side) => [side, fc.option(anyWord, { nil: undefined })])))
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)));

describe("pairs", () => {
  test("exist exactly where two words disagree, whoever is asked first", () => {
    fc.assert(
      fc.property(anySides, (sides) => {
        const pairs = new Set(pairsOf(sides));
        for (const one of discrepancySides) {
          for (const other of discrepancySides) {
            const [first, second] = [sides[one], sides[other]];
            if (!first || !second) continue;
            expect(disagree(first, second)).toBe(disagree(second, first));
            const isPair = pairs.has(`${one}-${other}`) || pairs.has(`${other}-${one}`);
            expect(isPair).toBe(one !== other && disagree(first, second));
          }
        }
        for (const pair of pairs) expect(possiblePairs).toContain(pair);
      }),
    );
  });

  test("two who would act differ where their arguments do, in whatever order these are written", () => {
    const one = word("positive", { arguments: { a: 1, b: 2 } });
    expect(disagree(one, word("positive", { arguments: { b: 2, a: 1 } }))).toBe(false);
    expect(disagree(one, word("positive", { arguments: { a: 1, b: 3 } }))).toBe(true);
    expect(disagree(one, word("positive"))).toBe(false);
  });

  test("are called by what people call their sides", () => {
    expect(pairWords("model-system_of_record")).toBe("Model and system of record");
    expect(pairWords("model-llm_auditor")).toBe("Model and LLM auditor");
  });
});

describe("a step", () => {
  const standing = fc.record({
    status: fc.constantFrom(...discrepancyStatuses),
    truth: fc.constantFrom("positive" as const, "negative" as const),
    dismissedBySystem: fc.boolean(),
  });

  test("of the same sides is none: looking twice changes nothing", () => {
    fc.assert(
      fc.property(anySides, standing, (sides, more) => {
        expect(stepOf({ ...more, sides }, sides)).toEqual({ kind: "none" });
      }),
    );
  });

  test("opens a record exactly when some pair disagrees", () => {
    fc.assert(
      fc.property(anySides, (sides) => {
        expect(stepOf(undefined, sides).kind).toBe(pairsOf(sides).length > 0 ? "open" : "none");
      }),
    );
  });

  test("reopens what was confirmed only for a word that is new and against what was confirmed", () => {
    fc.assert(
      fc.property(anySides, anySides, standing, (before, after, more) => {
        const step = stepOf({ ...more, status: "confirmed", sides: before }, after);
        const against = discrepancySides.some(
          (side) => after[side] && after[side].truth !== more.truth && after[side] !== before[side],
        );
        if (step.kind === "reopen") expect(against).toBe(true);
        expect(step.kind).not.toBe("dismiss");
      }),
    );
  });

  test("ends what waits once all agree, and never leaves it open then", () => {
    fc.assert(
      fc.property(anySides, anySides, (before, after) => {
        const step = stepOf({ status: "open", sides: before, truth: null, dismissedBySystem: false }, after);
        expect(["none", pairsOf(after).length === 0 ? "dismiss" : "update"]).toContain(step.kind);
      }),
    );
  });

  test("an outcome against the confirmed truth reopens; one for it does not", () => {
    const sides: Sides = { model: word("positive"), reviewer: word("negative") };
    const confirmed = { status: "confirmed", sides, truth: "negative", dismissedBySystem: false } as const;
    expect(stepOf(confirmed, { ...sides, system_of_record: word("positive") })).toEqual({
      kind: "reopen",
      note: "Opened again: the system of record says otherwise now.",
    });
    expect(stepOf(confirmed, { ...sides, system_of_record: word("negative") })).toEqual({
      kind: "update",
      asks: false,
    });
  });

  test("what a person dismissed stays so for a word that all share, and comes back for one they do not", () => {
    const sides: Sides = { model: word("positive"), customer: word("negative") };
    const dismissed = { status: "dismissed", sides, truth: null, dismissedBySystem: false } as const;
    expect(stepOf(dismissed, { model: word("positive") }).kind).toBe("update");
    expect(stepOf(dismissed, { ...sides, auditor: word("negative") }).kind).toBe("reopen");
  });
});

test("the world is believed over an auditor, who is believed over a reviewer", () => {
  const all: Sides = Object.fromEntries(discrepancySides.map((side) => [side, word("positive")]));
  expect(strongestSide(all)).toBe("system_of_record");
  const { system_of_record: _, ...rest } = all;
  expect(strongestSide(rest)).toBe("auditor");
  expect(strongestSide({})).toBeUndefined();
});

describe("feedback", () => {
  const said = { vote: null, correction: null, by: "key:1", at: "2026-01-01T00:00:00.000Z", text: "hm" };
  test("a vote is about what was done", () => {
    expect(wordOfFeedback({ ...said, vote: "down" }, "negative")?.truth).toBe("positive");
    expect(wordOfFeedback({ ...said, vote: "up" }, "negative")?.truth).toBe("negative");
  });
  test("a correction says how acting would have been right; words alone take no side", () => {
    expect(wordOfFeedback({ ...said, correction: { amount: 3 } }, "negative")).toMatchObject({
      truth: "positive",
      arguments: { amount: 3 },
    });
    expect(wordOfFeedback(said, "positive")).toBeUndefined();
  });
  test("the later of two words of one side counts", () => {
    const early = word("positive", { at: "2026-01-01T00:00:00.000Z" });
    const late = word("negative", { at: "2026-01-02T00:00:00.000Z" });
    expect([newest(early, late), newest(late, early), newest(undefined, early)]).toEqual([late, late, early]);
  });
});
