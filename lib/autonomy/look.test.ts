import { describe, expect, test } from "vitest";
import { auditRateOf, auditsToDetect } from "./audit-rate";
import { fold, newFold, type Deployment, type Fold } from "./fold";
import { foldTermsOf } from "./fold-terms";
import { gridOf } from "./grid";
import { look, type Standing } from "./look";
import { lossOf } from "./loss";
import { defaultTerms } from "./terms";

const grid = [0.3, 0.6, 0.9];
const foldTerms = { alpha: 0.02, delta: 0.05, grid, alarmRunLength: 5000 };

/** 600 right rulings at 0.95: every threshold is certified. */
function certifiedFold(deployments: Deployment[] = []): Fold {
  const state = newFold(foldTerms, deployments);
  for (let at = 0; at < 600; at += 1) {
    const id = `dec_${String(at).padStart(6, "0")}`;
    fold(
      state,
      { id, day: "2026-03-01", score: 0.95, ranAlone: false, audited: false, omega: 1, pi: 1, loss: 0 },
      foldTerms,
    );
  }
  return state;
}

function standing(more: Partial<Standing> = {}): Standing {
  return {
    day: "2026-03-10",
    terms: defaultTerms,
    level: "review_all",
    threshold: null,
    auditRate: 1,
    rampShare: 1,
    rampedOn: null,
    widenedOn: null,
    grid,
    scores: [],
    evidence: { fold: certifiedFold(), terms: foldTerms },
    autosPerDay: () => 1000,
    sensitivity: null,
    drift: null,
    ...more,
  };
}
const alone = (more: Partial<Standing> = {}) =>
  standing({
    level: "auto",
    threshold: 0.9,
    auditRate: 0.2,
    widenedOn: "2026-03-09",
    rampedOn: "2026-03-09",
    ...more,
  });
const kinds = (more: Standing) => look(more).map(({ kind }) => kind);

describe("before anything runs alone", () => {
  const scores = Array.from({ length: 200 }, (_, at) => (at % 50) / 50);

  test("200 confidences freeze the thresholds, and end a shadow", () => {
    const none = { grid: null, evidence: null };
    expect(kinds(standing({ ...none, level: "shadow", scores }))).toEqual(["freeze_grid", "end_shadow"]);
    expect(kinds(standing({ ...none, scores }))).toEqual(["freeze_grid"]);
    expect(kinds(standing({ ...none, level: "shadow", scores: scores.slice(1) }))).toEqual([]);
  });

  test("the most permissive certified threshold is offered, with its figures", () => {
    const [offer] = look(standing());
    expect(offer).toMatchObject({
      kind: "offer",
      proposal: "promote",
      threshold: 0.3,
      figures: { n: 600, wrong: 0 },
    });
    expect(offer?.why).toBe(
      "Threshold 0.30 is certified: 0 of 600 were wrong, which shows at most 2 % wrong, 95 % sure. An admin may propose to let it run alone.",
    );
  });

  test("where costs are known it is the one that saves most", () => {
    const [offer] = look(standing({ benefit: (threshold) => (threshold === 0.6 ? 10 : 1) }));
    expect(offer).toMatchObject({ threshold: 0.6 });
  });

  test("with gold correction nothing is offered before reviewers are known to catch 70 %", () => {
    const terms = { ...defaultTerms, goldCorrection: true };
    expect(kinds(standing({ terms }))).toEqual([]);
    expect(kinds(standing({ terms, sensitivity: 0.69 }))).toEqual([]);
    expect(kinds(standing({ terms, sensitivity: 0.7 }))).toEqual(["offer"]);
  });
});

describe("while it runs alone", () => {
  test("a more permissive certified threshold is offered, or comes by itself at most once a day", () => {
    const terms = { ...defaultTerms, expands: "by_itself" } as const;
    expect(look(alone())[0]).toMatchObject({ kind: "offer", proposal: "expand", threshold: 0.3 });
    expect(look(alone({ terms }))[0]).toMatchObject({ kind: "expand", threshold: 0.3 });
    expect(kinds(alone({ terms, widenedOn: "2026-03-10" }))).toEqual([]);
    expect(kinds(alone({ widenedOn: "2026-03-10" }))).toEqual([]);
    expect(kinds(alone({ terms, threshold: 0.3 }))).toEqual([]);
  });

  test("after a person rolled it back it expands by signature only, whatever its terms say", () => {
    const terms = { ...defaultTerms, expands: "by_itself" } as const;
    expect(look(alone({ terms, isRolledBack: true }))[0]).toMatchObject({
      kind: "offer",
      proposal: "expand",
      threshold: 0.3,
    });
  });

  test("the ramp moves one step a day", () => {
    expect(look(alone({ threshold: 0.3, rampShare: 0.1 }))).toMatchObject([{ kind: "ramp", share: 0.5 }]);
    expect(kinds(alone({ threshold: 0.3, rampShare: 0.1, rampedOn: "2026-03-10" }))).toEqual([]);
  });

  test("an alarm stands alone, with its sentence", () => {
    const fold = {
      ...certifiedFold(),
      alarm: { kind: "audit_alarm", at: "dec_1" } as const,
      audited: 80,
      auditedWrong: 9,
    };
    expect(look(alone({ evidence: { fold, terms: foldTerms } }))).toEqual([
      {
        kind: "step_down",
        cause: "audit_alarm",
        why: "Audits found too much wrong among what ran alone: 9 of 80 audits since it began.",
      },
    ]);
  });

  test("reviewers who miss too much take it back, where the terms rest on them", () => {
    const terms = { ...defaultTerms, goldCorrection: true };
    expect(look(alone({ terms, sensitivity: 0.6 }))).toMatchObject([
      { kind: "step_down", cause: "sensitivity_fell" },
    ]);
    expect(kinds(alone({ threshold: 0.3, terms, sensitivity: 0.8 }))).toEqual([]);
  });

  test("shifted confidences double the audit rate; one of the two tests alone does not", () => {
    const drifted = look(alone({ threshold: 0.3, drift: { psi: 0.3, ksP: 0.0001 } }));
    expect(drifted).toMatchObject([{ kind: "audit_rate", rate: 0.4 }]);
    expect(drifted[0]?.why).toBe(
      "The confidences have shifted: 40 % of what runs alone is audited now, after 20 %.",
    );
    expect(kinds(alone({ threshold: 0.3, drift: { psi: 0.3, ksP: 0.01 } }))).toEqual([]);
  });
});

describe("the audit rate", () => {
  const rate = (audited: number, autosPerDay: number) =>
    auditRateOf(defaultTerms, { audited, autosPerDay, drifted: false });

  test("falls from 20 to 10 to 5 % with the audits that came in", () => {
    expect([0, 299, 300, 899, 900, 10_000].map((audited) => rate(audited, 5000))).toEqual([
      0.2, 0.2, 0.1, 0.1, 0.05, 0.05,
    ]);
  });

  test("never leaves fewer than the floor a day, nor so few that a shift goes unseen for longer than asked", () => {
    expect(rate(1000, 100)).toBeCloseTo(0.15, 12);
    expect(rate(1000, 5)).toBe(1);
    expect(rate(1000, 0)).toBe(1);
    const strict = { ...defaultTerms, auditFloor: 0, detectionDays: 1 };
    expect(auditRateOf(strict, { audited: 1000, autosPerDay: 1000, drifted: false })).toBeCloseTo(0.192, 2);
  });

  test("takes 192 audits to find four times 2 % at one false alarm in 5000", () => {
    expect(Math.round(auditsToDetect(0.02, 5000))).toBe(192);
  });
});

test("the grid is the scores at each 20th of coverage, ascending and distinct", () => {
  const scores = Array.from({ length: 400 }, (_, at) => at / 400);
  expect(gridOf(scores)).toHaveLength(20);
  expect(gridOf(scores)?.[0]).toBe(0);
  expect(gridOf(scores)?.at(-1)).toBe(380 / 400);
  expect(gridOf(Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? 1 : 0.9)))).toEqual([0.9, 1]);
  expect(gridOf(scores.slice(0, 199))).toBeNull();
});

test("gold correction tightens alpha and halves delta; a family shares it out; what is not measured certifies nothing", () => {
  const terms = { ...defaultTerms, family: 5, goldCorrection: true };
  expect(foldTermsOf(terms, { grid, sensitivity: 0.8 })).toMatchObject({ alpha: 0.016, delta: 0.005 });
  expect(foldTermsOf(terms, { grid, sensitivity: null })).toBeNull();
  expect(foldTermsOf(terms, { grid: null, sensitivity: 0.8 })).toBeNull();
  expect(foldTermsOf(defaultTerms, { grid, sensitivity: 0.8 })).toMatchObject({ alpha: 0.02, delta: 0.05 });
});

test("a loss is one for an error, or what the error costs as a part of the cap", () => {
  const costs = { costWrongYes: 500, costWrongNo: 200 };
  const cost = { budget: 10, cap: 1000 };
  const wrongYes = { predicted: "positive", truth: "negative" } as const;
  expect(lossOf({ ...wrongYes, amount: 9000 }, { cost: null }, costs)).toBe(1);
  expect(lossOf({ ...wrongYes, amount: 700 }, { cost }, costs)).toBe(0.7);
  expect(lossOf({ ...wrongYes, amount: 9000 }, { cost }, costs)).toBe(1);
  expect(lossOf({ ...wrongYes, amount: null }, { cost }, costs)).toBe(0.5);
  expect(lossOf({ predicted: "negative", truth: "positive", amount: 700 }, { cost }, costs)).toBe(0.2);
  expect(lossOf({ predicted: "negative", truth: "negative", amount: 700 }, { cost }, costs)).toBe(0);
});
