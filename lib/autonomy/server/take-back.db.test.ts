import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { contracts } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { foldEpoch } from "./fold-epoch";
import { listContractChanges } from "./list-contract-changes";
import { proposeAutonomy } from "./propose-autonomy";
import { rollBack } from "./roll-back";
import { stepDownContract } from "./step-down-contract";
import { aCertified, type Certified } from "./testing-certified";
import { nthDecision } from "./testing-contracts";
import { updateTerms } from "./update-terms";

const { db } = await testDatabase();

describe("terms", () => {
  test("looser ones take two, begin a new period, and keep who asked for them", async () => {
    const of = await aCertified(db);
    const { contractId: contract } = of;
    const terms = { alpha: 0.4 };
    await expect(updateTerms(of.admin, { contract, terms, version: 1, reason: "" })).rejects.toMatchObject({
      code: "needs_two",
      errors: [{ pointer: "/terms/alpha" }],
    });
    const proposal = await proposeAutonomy(of.admin, {
      contract,
      kind: "terms",
      terms,
      version: 1,
      reason: "Cheap errors",
    });
    expect(proposal).toMatchObject({ kind: "terms", terms: { alpha: 0.4 }, threshold: null });
    const signed = await of.sign(of.other, proposal);
    expect(signed).toMatchObject({ terms: { alpha: 0.4 }, epoch: { number: 2, cause: "terms_changed" } });
    expect(signed.epoch.why).toMatch(/at most 30 % before, at most 40 % now.*Cheap errors/);
    expect((await of.changes()).at(-1)).toMatchObject({ kind: "terms", evidence: { proposal: proposal.id } });
    const loosened = db
      .update(contracts)
      .set({ terms: sql`jsonb_set(terms, '{alpha}', '0.5')` })
      .where(eq(contracts.id, contract));
    await expect(loosened).rejects.toThrow();
  });

  test("tighter ones take one: at once, with a new period where the promise is another", async () => {
    const of = await aCertified(db);
    await of.promote(0.9);
    const { contractId: contract } = of;
    const watched = await updateTerms(of.admin, {
      contract,
      terms: { audit_floor: 30 },
      version: 2,
      reason: "",
    });
    expect(watched).toMatchObject({
      level: "auto",
      epoch: { number: 1 },
      version: 3,
      terms: { audit_floor: 30 },
    });
    const tighter = await updateTerms(of.admin, {
      contract,
      terms: { alpha: 0.1 },
      version: 3,
      reason: "Costly",
    });
    expect(tighter).toMatchObject({ level: "review_all", threshold: null, epoch: { number: 2 } });
  });
});

describe("taking back takes one person", () => {
  test("a reviewer steps it down, with a reason that stays", async () => {
    const of = await aCertified(db);
    const input = { contract: of.contractId, reason: "It feels off" };
    await expect(stepDownContract(of.org.reviewer, input)).rejects.toMatchObject({ kind: "conflict" });
    await of.promote(0.9);
    await expect(stepDownContract(of.org.auditor, input)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await stepDownContract(of.org.reviewer, input)).toMatchObject({
      level: "review_all",
      threshold: null,
      epoch: { number: 2, cause: "by_hand", why: "Stepped down: It feels off" },
    });
    const { data } = await listContractChanges(of.org.reviewer, { contract: of.contractId, limit: 2 });
    expect(data).toMatchObject([
      {
        kind: "stepped_down",
        actor: expect.stringMatching(/^reviewer/),
      },
      { kind: "promoted" },
    ]);
  });

  test("a roll-back goes to the stricter threshold before, and then to people", async () => {
    const of = await aCertified(db);
    await of.promote(0.9);
    await of.promote(0.6);
    const input = { contract: of.contractId, reason: "Complaints" };
    expect(await rollBack(of.admin, input)).toMatchObject({
      level: "auto",
      threshold: 0.9,
      epoch: { number: 1 },
    });
    expect((await of.epoch()).deployments.map(({ threshold }) => threshold)).toEqual([0.9, 0.6, 0.9]);
    expect((await of.changes()).at(-1)).toMatchObject({ kind: "rolled_back", before: { threshold: 0.6 } });
    expect(await rollBack(of.admin, input)).toMatchObject({
      level: "review_all",
      epoch: { number: 2, cause: "rolled_back" },
    });
    await expect(rollBack(of.admin, input)).rejects.toMatchObject({ kind: "conflict" });
    await expect(rollBack(of.org.reviewer, input)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("labels that turn out otherwise", () => {
  const turnOut = async (of: Certified, from: number, count: number) => {
    for (let at = from; at < from + count; at += 1)
      await recordLabel(of.org.system, {
        decisionId: nthDecision(of, at),
        source: "outcome",
        truth: "positive",
        piLabel: 1,
        actor: "user:test",
      });
    await foldEpoch(of.org.system, of.ids.contract, { settleSeconds: 0 });
  };

  test("take back a threshold that they no longer certify: to a stricter one, and then to people", async () => {
    const of = await aCertified(db);
    await of.promote(0.6);
    await turnOut(of, 60, 10);
    expect(await of.contract()).toMatchObject({ level: "auto", threshold: 0.6 });
    await turnOut(of, 70, 50);
    expect(await of.contract()).toMatchObject({ level: "auto", threshold: 0.9 });
    const [line] = (await of.changes()).slice(-1);
    expect(line).toMatchObject({ kind: "rolled_back", actor: "system:test", before: { threshold: 0.6 } });
    expect(line?.why).toMatch(
      /^Labels have changed, and no longer certify confidence 0\.60?: 60 of 120 rulings/,
    );
    await turnOut(of, 120, 60);
    expect(await of.contract()).toMatchObject({ level: "review_all", threshold: null });
    expect(await of.openEpoch()).toMatchObject({ number: 2, cause: "labels_changed" });
    expect((await of.told()).map(({ type }) => type).slice(-2)).toEqual([
      "contract.rolled_back",
      "contract.stepped_down",
    ]);
  });
});
