import { describe, expect, test } from "vitest";
import { judge, none, sumOf, type Evidence, type Figures } from "./check";
import type { Effect, Told } from "./ledger";
import type { Standing } from "./standing";

const acknowledged: Told = {
  kind: "acknowledged",
  external: "one",
  id: "dec_1",
  route: "review",
  amount: 500,
  system: "B",
};
const approved: Told = { kind: "ruled", external: "one", id: "dec_1", verdict: "approve", amount: 500 };
const effect: Effect = {
  kind: "effect",
  system: "B",
  key: "exec_dec_1",
  reference: "re_1",
  invoice: "one",
  amount: 500,
  fault: "ok",
  at: 0,
};

function standing(status: string, execution: string | null = null, needsPerson = false): Standing {
  return {
    id: "dec_1",
    external: "one",
    status,
    execution: execution === null ? null : { id: "exe_1", status: execution, needsPerson },
  };
}

/** The figures of a run of one decision that went well, but for what is given. */
function figuresOf(changed: Partial<Evidence>): Figures {
  const evidence: Evidence = {
    told: [acknowledged, approved],
    ledger: [effect],
    before: [],
    standings: [standing("approved", "succeeded")],
    stuck: new Set(),
    stale: { refused: [], landed: [] },
    miscounted: [],
    unrecorded: [],
    ...changed,
  };
  return sumOf(judge(evidence).values());
}

const clean: Figures = { ...none, acknowledged: 1, effects: 1 };

describe("the judge of a torture", () => {
  test("finds nothing where nothing is wrong", () => {
    expect(figuresOf({})).toEqual(clean);
  });

  test("counts a decision the API no longer knows, and one that has two ids", () => {
    expect(figuresOf({ standings: [], ledger: [] })).toMatchObject({ lost: 1 });
    const told: Told[] = [acknowledged, { ...acknowledged, id: "dec_2" }, approved];
    expect(figuresOf({ told })).toMatchObject({ lost: 1 });
  });

  test("counts a verdict that was acknowledged and does not stand", () => {
    expect(figuresOf({ standings: [standing("in_review")], ledger: [] })).toMatchObject({ lost: 1 });
    const told: Told[] = [acknowledged, { ...approved, verdict: "decline" }];
    expect(figuresOf({ told, ledger: [] })).toMatchObject({ lost: 1 });
  });

  test("counts a decision that acted twice", () => {
    expect(figuresOf({ ledger: [effect, effect] })).toEqual({ ...clean, effects: 2, doubled: 1 });
  });

  test("counts what happened although nobody approved it, or after a cancellation that was acknowledged", () => {
    expect(figuresOf({ told: [acknowledged], standings: [standing("in_review")] })).toMatchObject({
      unapproved: 1,
    });
    const told: Told[] = [acknowledged, approved, { kind: "cancelled", external: "one", id: "dec_1" }];
    expect(figuresOf({ told, standings: [standing("cancelled")] })).toMatchObject({ unapproved: 1 });
    expect(figuresOf({ ledger: [{ ...effect, key: "exec_dec_9" }] })).toMatchObject({ unapproved: 1 });
  });

  test("counts what happened and is not what was approved", () => {
    expect(figuresOf({ ledger: [{ ...effect, amount: 501 }] })).toMatchObject({ altered: 1 });
    expect(figuresOf({ ledger: [{ ...effect, invoice: "two" }] })).toMatchObject({ altered: 1 });
  });

  test("holds failed and succeeded against the ledger", () => {
    expect(figuresOf({ standings: [standing("approved", "failed")] })).toMatchObject({ failedWithEffect: 1 });
    expect(figuresOf({ ledger: [] })).toMatchObject({ succeededWithout: 1 });
  });

  test("counts what is stuck, what came too late, what a budget or the journal has wrong, and what a person was left with", () => {
    const stale = { refused: ["dec_1"], landed: ["dec_1"] };
    const before = [standing("approved", "unknown", true)];
    expect(
      figuresOf({ stuck: new Set(["dec_1"]), stale, before, miscounted: ["dec_1"], unrecorded: ["link 7"] }),
    ).toEqual({
      ...clean,
      stuck: 1,
      miscounted: 1,
      unrecorded: 1,
      staleRefused: 1,
      staleLanded: 1,
      unknown: 1,
    });
  });
});
