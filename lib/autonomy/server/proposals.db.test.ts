import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { contractProposals, contracts, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { beginEpoch } from "./begin-epoch";
import { declineProposal, withdrawProposal } from "./decline-proposal";
import { getContract } from "./get-contract";
import { listProposals } from "./list-contract-changes";
import { signingWaitsFor } from "./signing-waits-for";
import { aCertified, type Certified } from "./testing-certified";
import { updateTerms } from "./update-terms";

const { db } = await testDatabase();

describe("more autonomy takes two admins", () => {
  test("one proposes with the evidence of now, another signs, and it is in force at the ramp's first step", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    expect(proposal).toMatchObject({ kind: "promote", status: "open", threshold: 0.9 });
    expect(proposal.evidence).toMatchObject({
      figures: { threshold: 0.9, n: 60, wrong: 0, certified: true },
    });
    expect(await getContract(of.org.reviewer, { contract: of.contractId })).toMatchObject({
      level: "review_all",
      proposal: { id: proposal.id, proposed_by: { id: of.admin.actor.id } },
    });
    await of.replay(0.9);
    const signed = await of.sign(of.other, proposal);
    expect(signed).toMatchObject({
      level: "auto",
      threshold: 0.9,
      ramp_share: 0.1,
      proposal: null,
      version: 2,
    });
    expect((await of.epoch()).deployments).toMatchObject([{ threshold: 0.9 }]);
    expect((await of.changes()).at(-1)).toMatchObject({
      kind: "promoted",
      before: { level: "review_all", threshold: null },
      after: { level: "auto", threshold: 0.9 },
      actor: `user:${of.other.actor.id}`,
      evidence: { proposal: proposal.id, proposed_by: `user:${of.admin.actor.id}` },
    });
    expect((await of.told()).map(({ type }) => type)).toEqual(["contract.proposed", "contract.promoted"]);
    expect((await of.journalled()).map(({ action }) => action)).toEqual([
      "contract.proposed",
      "contract.promoted",
    ]);
  });

  test("whoever proposed it does not sign it, and the database refuses it as well", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    await expect(of.sign(of.admin, proposal)).rejects.toMatchObject({
      kind: "forbidden",
      code: "own_proposal",
    });
    const by = `user:${of.admin.actor.id}`;
    const forged = db
      .update(contractProposals)
      .set({ status: "signed", decidedBy: by })
      .where(eq(contractProposals.id, proposal.id));
    await expect(forged).rejects.toThrow();
    const unsigned = db
      .update(contracts)
      .set({ level: "auto", threshold: 0.9 })
      .where(eq(contracts.id, of.contractId));
    await expect(unsigned).rejects.toThrow();
    expect(await of.contract()).toMatchObject({ level: "review_all", threshold: null });
  });

  test("the word of somebody who is no admin any more is none", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    await of.replay(0.9);
    await db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(eq(users.id, of.admin.actor.id ?? ""));
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "proposal_lapsed" });
    expect(await of.contract()).toMatchObject({ level: "review_all" });
  });

  test.each([
    ["a reviewer", (of: Certified) => of.org.reviewer],
    ["an auditor", (of: Certified) => of.org.auditor],
    [
      "an app's key",
      async (of: Certified) => of.org.keyOf(of.desk.app, ["decisions:read", "decisions:write"]),
    ],
    ["the platform itself", (of: Certified) => of.org.system],
  ])("%s neither proposes, signs, declines nor withdraws", async (_who, whom) => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    const ctx = await whom(of);
    const ref = { contract: of.contractId, proposal: proposal.id };
    await expect(of.propose(0.6, ctx)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(of.sign(ctx, proposal)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(declineProposal(ctx, { ...ref, reason: "No" })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(withdrawProposal(ctx, ref)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("of two who sign at once one does, and it is in force once", async () => {
    const of = await aCertified(db);
    const third = await of.org.person("admin");
    await of.replay(0.9);
    const proposal = await of.propose(0.9);
    const both = await Promise.allSettled([of.sign(of.other, proposal), of.sign(third, proposal)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    expect((await of.changes()).filter(({ kind }) => kind === "promoted")).toHaveLength(1);
  });

  test("another admin declines with a reason, its proposer withdraws; then another one may be made", async () => {
    const of = await aCertified(db);
    const first = await of.propose(0.9);
    await expect(of.propose(0.6)).rejects.toMatchObject({
      code: "proposal_open",
      extra: { proposal: first.id },
    });
    const ref = { contract: of.contractId, proposal: first.id };
    await expect(withdrawProposal(of.other, ref)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await declineProposal(of.other, { ...ref, reason: "Too early" })).toMatchObject({
      status: "declined",
      decided_by: { id: of.other.actor.id },
    });
    const second = await of.propose(0.6);
    await withdrawProposal(of.admin, { contract: of.contractId, proposal: second.id });
    await expect(of.sign(of.other, second)).rejects.toMatchObject({ kind: "conflict" });
    const all = await listProposals(of.org.auditor, { contract: of.contractId, limit: 25 });
    expect(all.data.map(({ status }) => status)).toEqual(["withdrawn", "declined"]);
  });
});

describe("only what is certified", () => {
  test("is proposed: anything else is refused with the bound", async () => {
    const of = await aCertified(db);
    await expect(of.propose(0.3)).rejects.toMatchObject({
      kind: "invalid",
      code: "threshold_not_certified",
      message: expect.stringMatching(
        /60 of 180 at or above 0.30 were wrong: upper bound \d+ % exceeds the limit of 30 %/,
      ),
      errors: [{ pointer: "/threshold", code: "risk_above_budget", fix: expect.stringMatching(/Take 0.6/) }],
    });
    await expect(of.propose(0.5)).rejects.toMatchObject({ code: "threshold_not_certified" });
  });

  test("is signed: evidence that has gone since is asked again", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    await of.replay(0.9);
    await db.execute(sql`update contract_epochs set stale = 'dec_x' where id = ${of.ids.epoch}`);
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "threshold_not_certified" });
    await db.execute(sql`update contract_epochs set stale = null where id = ${of.ids.epoch}`);
    expect(await of.sign(of.other, proposal)).toMatchObject({ level: "auto" });
  });

  test("is proposed after a replay under it, once what it would have let act was opened", async () => {
    const of = await aCertified(db);
    await of.replay(0.9, ["dec_x"]);
    await expect(of.propose(0.9)).rejects.toMatchObject({ code: "flips_unopened", extra: { unopened: 1 } });
    await db.execute(sql`update replay_flips set opened_at = now(), opened_by = 'user:test'`);
    expect(await of.propose(0.9)).toMatchObject({ status: "open" });
  });

  test("is signed once it was replayed in this period, and what that lists was opened", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    const waits = async () =>
      signingWaitsFor(of.other, await getContract(of.other, { contract: of.contractId }));
    expect(await waits()).toEqual({ kind: "replay" });
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "replay_required" });
    const before = await of.replay(0.9);
    await db.execute(sql`update replays set created_at = now() - interval '400 days' where id = ${before}`);
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "replay_required" });
    const replay = await of.replay(0.9, ["dec_y"]);
    expect(await waits()).toEqual({ kind: "flips", replay, unopened: 1 });
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "flips_unopened" });
    await db.execute(
      sql`update replay_flips set opened_at = now(), opened_by = 'user:test' where replay_id = ${replay}`,
    );
    expect(await waits()).toBeNull();
    expect(await of.sign(of.other, proposal)).toMatchObject({ level: "auto" });
  });

  test("lets more run: a threshold that lets no more run alone is nothing to sign", async () => {
    const of = await aCertified(db);
    await of.promote(0.6);
    await expect(of.propose(0.9)).rejects.toMatchObject({ code: "validation_failed" });
  });

  test("expands, and the ramp goes on where it was", async () => {
    const of = await aCertified(db);
    await of.promote(0.9);
    await of.nextDay();
    await of.replay(0.6);
    await db.update(contracts).set({ rampShare: 0.5 }).where(eq(contracts.id, of.contractId));
    expect(await of.propose(0.6)).toMatchObject({ kind: "expand" });
    const [open] = (await listProposals(of.admin, { contract: of.contractId, limit: 1 })).data;
    expect(await of.sign(of.other, { id: open?.id ?? "" })).toMatchObject({
      threshold: 0.6,
      ramp_share: 0.5,
    });
  });

  test("expands once a day: a second threshold is signed tomorrow, and the database refuses it as well", async () => {
    const of = await aCertified(db);
    await of.promote(0.9);
    await of.replay(0.6);
    const proposal = await of.propose(0.6);
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({
      kind: "conflict",
      code: "expanded_today",
    });
    const read = await getContract(of.other, { contract: of.contractId });
    expect(await signingWaitsFor(of.other, read)).toEqual({ kind: "tomorrow" });
    await db
      .update(contractProposals)
      .set({ status: "signed", decidedBy: "user:x", decidedAt: sql`now()` })
      .where(eq(contractProposals.id, proposal.id));
    const forged = db.update(contracts).set({ threshold: 0.6 }).where(eq(contracts.id, of.contractId));
    await expect(forged).rejects.toThrow();
    expect(await of.contract()).toMatchObject({ threshold: 0.9 });
    await of.nextDay();
    await forged;
  });
});

describe("a proposal lapses", () => {
  test("with its certification period", async () => {
    const of = await aCertified(db);
    const proposal = await of.propose(0.9);
    await beginEpoch(of.org.system, {
      contractId: of.contractId,
      cause: "model_changed",
      why: "Another model.",
    });
    await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "proposal_lapsed" });
    expect((await listProposals(of.admin, { contract: of.contractId, limit: 1 })).data).toMatchObject([
      { status: "lapsed" },
    ]);
  });

  test("when the terms are others, and not when only the audit rate moved", async () => {
    const of = await aCertified(db);
    const kept = await of.propose(0.9);
    await db.update(contracts).set({ auditRate: 0.5, version: 2 }).where(eq(contracts.id, of.contractId));
    await of.replay(0.9);
    expect(await of.sign(of.other, kept)).toMatchObject({ level: "auto" });
    const lapsed = await of.propose(0.6);
    await updateTerms(of.admin, {
      contract: of.contractId,
      terms: { audit_floor: 20 },
      version: await of.version(),
      reason: "",
    });
    await expect(of.sign(of.other, lapsed)).rejects.toMatchObject({ code: "proposal_lapsed" });
  });
});
