import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { autonomies, contractChanges, decisionTypes, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getAutonomy } from "@/lib/apps/server/get-autonomy";
import { loadTypes, pairKey } from "@/lib/intake/server/load-types";
import { CreateContract, ContractFilter } from "../contracts";
import { archiveContract } from "./archive-contract";
import { createContract } from "./create-contract";
import { getContract } from "./get-contract";
import { listContractChanges, listContractEpochs } from "./list-contract-changes";
import { listContracts } from "./list-contracts";
import { updateTerms } from "./update-terms";

const { db } = await testDatabase();

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const make = (more: object = {}, ctx = org.admin) =>
    createContract(
      ctx,
      CreateContract.parse({ app: desk.app, type: desk.typeKey, predicted: "positive", ...more }),
    );
  return { org, desk, make };
}
const all = ContractFilter.parse({});

test("an admin makes a contract: it governs at once, with a period of its own, and is on record", async () => {
  const { org, desk, make } = await aDesk();
  const made = await make({ amount_to: 5000, level: "shadow" });
  expect(made).toMatchObject({
    level: "shadow",
    threshold: null,
    audit_rate: 1,
    promise: "At most 2 % wrong, 95 % sure",
    epoch: { number: 1, cause: "created", labelled: 0 },
    evidence: { thresholds: [] },
    version: 1,
  });
  const types = await loadTypes(db, org.orgId, [{ appId: desk.app, typeKey: desk.typeKey }]);
  expect(types.get(pairKey(desk.app, desk.typeKey))?.contracts).toMatchObject([
    { id: made.id, epochId: made.epoch.id, level: "shadow", amountTo: 5000 },
  ]);
  expect((await getAutonomy(org.reviewer, { app: desk.app, type: desk.type })).contracts).toEqual([
    { id: made.id, predicted: "positive" },
  ]);
  const told = await db.select().from(events).where(eq(events.subject, made.id));
  expect(told).toMatchObject([{ type: "contract.changed", data: { did: "created" } }]);
  const entries = await db.select().from(journal).where(eq(journal.subject, made.id));
  expect(entries.map(({ action }) => action)).toEqual(["contract.created"]);
});

test.each([
  ["the same band", {}],
  ["a band inside it", { amount_from: 2000, amount_to: 3000 }],
  ["a band that begins in it", { amount_from: 4999 }],
  ["a band that ends in it", { amount_to: 1001 }],
])("no contract covers %s again", async (_what, band) => {
  const { make } = await aDesk();
  const first = await make({ amount_from: 1000, amount_to: 5000 });
  const refused = { kind: "conflict", code: "segment_taken", errors: [{ pointer: "/amount_from" }] };
  await expect(make(band)).rejects.toMatchObject({ ...refused, extra: { contract: first.id } });
});

test("bands may touch, and the other prediction is another segment", async () => {
  const { org, make } = await aDesk();
  await make({ amount_from: 1000, amount_to: 5000 });
  await make({ amount_to: 1000 });
  await make({ amount_from: 5000 });
  await make({ predicted: "negative" });
  expect((await listContracts(org.auditor, all)).data).toHaveLength(4);
});

test("of two that are made at once for one segment, one is", async () => {
  const { make } = await aDesk();
  const both = await Promise.allSettled([make({ amount_to: 5000 }), make({ amount_from: 1000 })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "segment_taken" },
  });
});

test("a limit on cost is a share of the top of its band, and needs one", async () => {
  const { make } = await aDesk();
  await expect(make({ terms: { cost: { budget: 50 } } })).rejects.toMatchObject({
    errors: [{ pointer: "/terms/cost" }],
  });
  const made = await make({ amount_to: 5000, terms: { cost: { budget: 50 } } });
  expect(made.terms).toMatchObject({ alpha: 0.01, cost: { budget: 50, cap: 5000 } });
  expect(made.promise).toBe("At most €0.50 lost on average by each automatic decision, 95 % sure");
});

test("a type without amounts has no bands", async () => {
  const { desk, make } = await aDesk();
  await db.update(decisionTypes).set({ amountPointer: null }).where(eq(decisionTypes.id, desk.type));
  await expect(make({ amount_to: 5000 })).rejects.toMatchObject({ errors: [{ pointer: "/amount_to" }] });
  await make();
});

test("a change needs the version that was read", async () => {
  const { org, make } = await aDesk();
  const { id } = await make();
  const tighten = (version: number, alpha: number) =>
    updateTerms(org.admin, { contract: id, terms: { alpha }, version, reason: "" });
  expect(await tighten(1, 0.01)).toMatchObject({ version: 2, epoch: { number: 2 } });
  await expect(tighten(1, 0.005)).rejects.toMatchObject({
    kind: "precondition_failed",
    code: "stale_version",
  });
  const periods = await listContractEpochs(org.auditor, { contract: id, limit: 25 });
  expect(periods.data.map(({ number, cause }) => [number, cause])).toEqual([
    [2, "terms_changed"],
    [1, "created"],
  ]);
});

test("an app's key reads its own app's contracts, and writes none; another organisation sees none", async () => {
  const { org, desk, make } = await aDesk();
  const { id } = await make();
  const foreign = await aRefundDesk(db, org);
  await make({ app: foreign.app });
  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:write"]);
  expect((await listContracts(key, all)).data.map((one) => one.id)).toEqual([id]);
  const strange = await org.keyOf(foreign.app, ["decisions:read"]);
  await expect(getContract(strange, { contract: id })).rejects.toMatchObject({ kind: "not_found" });
  const input = { contract: id, reason: "Why not" };
  for (const ctx of [key, org.reviewer, org.auditor]) {
    await expect(make({}, ctx)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(archiveContract(ctx, input)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(
      updateTerms(ctx, { contract: id, terms: { alpha: 0.01 }, version: 1, reason: "" }),
    ).rejects.toMatchObject({ kind: "forbidden" });
  }
  const other = await anOrg(db);
  await expect(getContract(other.admin, { contract: id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(archiveContract(other.admin, input)).rejects.toMatchObject({ kind: "not_found" });
});

test("archiving lets nothing run alone that did not before", async () => {
  const { org, desk, make } = await aDesk();
  const { id } = await make();
  const set = (threshold: number | null) =>
    db.update(autonomies).set({ level: "auto", threshold }).where(eq(autonomies.typeId, desk.type));
  await set(0.9);
  const input = { contract: id, reason: "Not needed" };
  await expect(archiveContract(org.admin, input)).rejects.toMatchObject({
    kind: "conflict",
    message: expect.stringContaining("from confidence 0.90 on"),
  });
  await set(null);
  const archived = await archiveContract(org.admin, input);
  expect(archived.archived_at).not.toBeNull();
  expect(archived.epoch.ended_at).not.toBeNull();
  await expect(archiveContract(org.admin, input)).rejects.toMatchObject({ kind: "conflict" });
  expect((await listContracts(org.admin, all)).data).toEqual([]);
  await make();
});

test("the history is paged, newest first, and nobody changes it", async () => {
  const { org, make } = await aDesk();
  const { id } = await make();
  await updateTerms(org.admin, {
    contract: id,
    terms: { audit_floor: 20 },
    version: 1,
    reason: "More of them",
  });
  const first = await listContractChanges(org.auditor, { contract: id, limit: 1 });
  expect(first).toMatchObject({
    has_more: true,
    data: [{ kind: "terms", before: { terms: { audit_floor: 15 } }, after: { terms: { audit_floor: 20 } } }],
  });
  const rest = await listContractChanges(org.auditor, {
    contract: id,
    limit: 25,
    starting_after: first.data[0]?.id,
  });
  expect(rest).toMatchObject({ has_more: false, data: [{ kind: "created", why: "The contract was made." }] });
  await expect(db.update(contractChanges).set({ why: "Nothing" })).rejects.toThrow();
  await expect(db.execute(sql`delete from contract_changes`)).rejects.toThrow();
});
