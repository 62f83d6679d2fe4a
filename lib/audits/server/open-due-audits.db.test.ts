import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { audits, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg } from "@/db/testing-fixtures";
import { openDueAudits } from "./open-due-audits";
import { aDrawnDecision, anAutonomousDesk, decisionOf } from "./testing-audits";

const { db } = await testDatabase();

test("an audit opens once the action has run, with the propensity of its draw, an event and one journal entry a batch", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  const ran = await aDrawnDecision(db, org, desk, { pi: 0.2 });
  const left = await aDrawnDecision(db, org, desk, { route: "decline", pi: 0.5 });
  expect(await openDueAudits(org.system)).toEqual({ opened: 2, dropped: 0 });
  const opened = await db.select().from(audits).where(eq(audits.orgId, org.orgId));
  expect(new Map(opened.map((audit) => [audit.decisionId, audit.piLabel]))).toEqual(
    new Map([
      [ran.id, 0.2],
      [left.id, 0.5],
    ]),
  );
  expect((await decisionOf(db, ran.id)).auditPending).toBe(false);
  const told = await db.select().from(events).where(eq(events.orgId, org.orgId));
  expect(told.every(({ type }) => type === "audit.requested")).toBe(true);
  expect(new Set(told.map(({ decisionId }) => decisionId))).toEqual(new Set([ran.id, left.id]));
  const entries = await db.select().from(journal).where(eq(journal.orgId, org.orgId));
  expect(entries.map(({ action }) => action)).toEqual(["audits.opened"]);
});

test("what has not settled waits; what did not run is dropped and the journal says so", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  const pending = await aDrawnDecision(db, org, desk, { execution: "pending" });
  const unknown = await aDrawnDecision(db, org, desk, { execution: "unknown" });
  const failed = await aDrawnDecision(db, org, desk, { execution: "failed" });
  expect(await openDueAudits(org.system)).toEqual({ opened: 0, dropped: 1 });
  expect(await db.select().from(audits).where(eq(audits.orgId, org.orgId))).toEqual([]);
  const pendings = await Promise.all(
    [pending, unknown, failed].map(async ({ id }) => (await decisionOf(db, id)).auditPending),
  );
  expect(pendings).toEqual([true, true, false]);
  const [entry] = await db.select().from(journal).where(eq(journal.orgId, org.orgId));
  expect(entry?.entry).toContain(failed.id);
  expect(entry?.entry).toContain("the action did not run");
});

test("a decision that was not drawn is never audited", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  await aDecision(db, org, desk, {
    route: "decline",
    status: "declined",
    predicted: "negative",
    auditDrawn: false,
  });
  expect(await openDueAudits(org.system)).toEqual({ opened: 0, dropped: 0 });
});

test("two workers at once open each audit once", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  for (let i = 0; i < 6; i += 1) await aDrawnDecision(db, org, desk, { route: "decline" });
  const both = await Promise.all([openDueAudits(org.system), openDueAudits(org.system)]);
  expect(both.reduce((sum, { opened }) => sum + opened, 0)).toBe(6);
  expect(await db.select().from(audits).where(eq(audits.orgId, org.orgId))).toHaveLength(6);
});

test("no person and no other organisation's worker opens audits", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  await aDrawnDecision(db, org, desk);
  await expect(openDueAudits(org.auditor)).rejects.toMatchObject({ kind: "forbidden" });
  expect(await openDueAudits((await anOrg(db)).system)).toEqual({ opened: 0, dropped: 0 });
});
