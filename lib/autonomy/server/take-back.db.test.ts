import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { contracts } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { listContractChanges } from "./list-contract-changes";
import { proposeAutonomy } from "./propose-autonomy";
import { rollBack } from "./roll-back";
import { stepDownContract } from "./step-down-contract";
import { aCertified } from "./testing-certified";
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
