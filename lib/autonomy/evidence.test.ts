import { describe, expect, test } from "vitest";
import { wilsonInterval } from "@/lib/stats/wilson";
import { evidenceOf, moreNeeded, nextStep, noEvidence } from "./evidence";
import { focusOf } from "./focus";
import { fold, newFold, type FoldTerms } from "./fold";
import { defaultTerms } from "./terms";

const terms: FoldTerms = { alpha: 0.1, delta: 0.05, grid: [0.5, 0.9], alarmRunLength: 5000 };
const about = { inForce: null, month: "2026-11", foldedAt: null };
const standing = {
  level: "review_all",
  threshold: null,
  rampShare: 1,
  auditRate: 1,
  expands: "signed",
  hasProposal: false,
  wantsGold: false,
} as const;

type Seen = { score: number; loss: number; count: number; ranAlone?: boolean; pi?: number };

function seen(records: Seen[]) {
  const state = newFold(terms);
  let n = 0;
  for (const { score, loss, count, ranAlone = false, pi = 1 } of records) {
    for (let at = 0; at < count; at += 1) {
      const id = `dec_${String((n += 1)).padStart(6, "0")}`;
      fold(
        state,
        { id, day: "2026-11-22", score, ranAlone, audited: ranAlone, omega: 1, pi, loss, expired: false },
        terms,
      );
    }
  }
  return evidenceOf(state, terms, about);
}

describe("what evidence says", () => {
  test("of each threshold: the count, the error with its interval, and how far the certificate has come", () => {
    const evidence = seen([{ score: 0.95, loss: 0, count: 60 }]);
    expect(evidence.thresholds.map(({ threshold }) => threshold)).toEqual([0.9, 0.5]);
    expect(evidence.thresholds[0]).toMatchObject({
      n: 60,
      wrong: 0,
      error: 0,
      certified: true,
      meter: 1,
      more_needed: 0,
    });
    expect(evidence.thresholds[0]?.error_upper).toBeCloseTo(0.0602, 3);
    expect(evidence.most_permissive).toBe(0.5);
    expect(focusOf(evidence)?.threshold).toBe(0.5);
  });

  test("the error weighs each label by one over its chance: audits of a tenth stand for ten each", () => {
    const [strict] = seen([
      { score: 0.95, loss: 0, count: 400 },
      { score: 0.95, loss: 0, count: 90, ranAlone: true, pi: 0.1 },
      { score: 0.95, loss: 1, count: 10, ranAlone: true, pi: 0.1 },
    ]).thresholds;
    expect(strict).toMatchObject({ n: 500, wrong: 10 });
    // Of 400 + 1000 it stands for, 100 wrong; raw it would read 10 of 500, which is 2 %.
    expect(strict?.error).toBeCloseTo(100 / 1400, 12);
    const effective = 1400 ** 2 / (400 + 100 * 100);
    expect(strict?.effective_n).toBeCloseTo(effective, 9);
    const { lower, upper } = wilsonInterval((effective * 100) / 1400, effective);
    expect(strict?.error_lower).toBeCloseTo(lower, 12);
    expect(strict?.error_upper).toBeCloseTo(upper, 12);
  });

  test("no error is shown of fewer than 30 effective labels", () => {
    expect(seen([{ score: 0.95, loss: 0, count: 29 }]).thresholds[0]).toMatchObject({ n: 29, error: null });
    expect(seen([{ score: 0.95, loss: 0, count: 30 }]).thresholds[0]).toMatchObject({ n: 30, error: 0 });
  });

  test("of what is missing: about so many more right labels, and about so many it then takes", () => {
    const some = seen([{ score: 0.95, loss: 0, count: 20 }]).thresholds[0];
    expect(some).toMatchObject({ certified: false });
    const more = some?.more_needed ?? 0;
    const after = (count: number) => seen([{ score: 0.95, loss: 0, count }]).thresholds[0]?.certified;
    expect(after(20 + Math.ceil(1.25 * more))).toBe(true);
    expect(after(20 + Math.floor(0.75 * more))).toBe(false);
  });

  test("of too much wrong: no number of the same will do", () => {
    expect(moreNeeded({ n: 100, wrong: 30, logE: -20, level: 0.05 }, 0.1)).toBeNull();
  });
});

describe("the next step", () => {
  test.each([
    ["asks for known answers first where they are wanted", { wantsGold: true }, /known questions/],
    ["waits for confidences", {}, /once enough proposals have come in/],
    ["ends a shadow with them", { level: "shadow" as const }, /confidences say which thresholds/],
    ["waits for the second admin", { hasProposal: true }, /second admin/],
  ])("%s", (_what, part, sentence) => {
    expect(nextStep(noEvidence(defaultTerms), { ...standing, ...part })).toMatch(sentence);
  });

  test("counts down to the nearest threshold, and offers it once it is certified", () => {
    expect(nextStep(seen([{ score: 0.95, loss: 0, count: 20 }]), standing)).toMatch(
      /About \d+ more right rulings at confidence 0.[59]0 or above/,
    );
    expect(nextStep(seen([{ score: 0.95, loss: 0, count: 60 }]), standing)).toMatch(
      /^Threshold 0.50 is certified/,
    );
  });

  test("says when too much was wrong, and does not say it of a handful", () => {
    expect(nextStep(seen([{ score: 0.95, loss: 1, count: 3 }]), standing)).toMatch(/3 so far/);
    expect(nextStep(seen([{ score: 0.95, loss: 1, count: 40 }]), standing)).toMatch(/too much was wrong/);
  });

  test("while it runs alone: expansion, ramp, audits", () => {
    const certified = seen([{ score: 0.95, loss: 0, count: 60 }]);
    const auto = { ...standing, level: "auto" as const, threshold: 0.9, auditRate: 0.2 };
    expect(nextStep(certified, auto)).toMatch(/may propose to expand/);
    expect(nextStep(certified, { ...auto, expands: "by_itself" })).toMatch(/by itself/);
    expect(nextStep(certified, { ...auto, threshold: 0.5, rampShare: 0.1 })).toMatch(
      /The ramp goes on: 10 %/,
    );
    expect(nextStep(certified, { ...auto, threshold: 0.5 })).toMatch(/audit rate falls/);
  });
});
