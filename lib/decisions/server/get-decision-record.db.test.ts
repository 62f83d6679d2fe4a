import { beforeAll, expect, test } from "vitest";
import { auditJudgements, audits, labels } from "@/db/schema";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import { testDatabase } from "@/db/testing";
import { newId } from "@/lib/kernel/ids";
import { actorName } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { getDecisionRecord } from "./get-decision-record";

const { db } = await testDatabase();
let org: TestOrg;
let decisionId: string;
const auditId = newId("audit");

beforeAll(async () => {
  org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const drawn = { auditDrawn: true, piLabel: 0.25, drawU: 0.1, status: "approved" } as const;
  ({ id: decisionId } = await aDecision(db, org, desk, { ...drawn, decidedBy: "router" }));
  await db.insert(audits).values({ id: auditId, orgId: org.orgId, decisionId, piLabel: 0.25 });
  const about = { subject: decisionId, decisionId };
  await emit(
    org.system,
    { type: "decision.created", ...about, data: { route: "execute" } },
    { type: "audit.requested", ...about },
    { type: "feedback.created", ...about, data: { by: actorName(org.reviewer.actor) } },
  );
});

test("a reviewer is not told of an audit before it is judged", async () => {
  const record = await getDecisionRecord(org.reviewer, { decisionId });
  expect(record).toMatchObject({ sampling: null, audit: null, blind: false, decided_by: "router" });
  expect(record.history.map(({ type }) => type)).toEqual(["decision.created", "feedback.created"]);
});

test("an admin sees the draw and its probability", async () => {
  const record = await getDecisionRecord(org.admin, { decisionId });
  expect(record.sampling).toEqual({ pi: 0.25, draw: 0.1, drawn: true, pending: false });
  expect(record.audit).toMatchObject({ id: auditId, status: "open", judgement: null });
  expect(record.blind).toBe(false);
});

test("an auditor is blind until their own answer is stored", async () => {
  expect((await getDecisionRecord(org.auditor, { decisionId })).blind).toBe(true);
  await db.insert(auditJudgements).values({
    id: newId("judgement"),
    orgId: org.orgId,
    auditId,
    auditor: actorName(org.auditor.actor),
    blindAnswer: "positive",
    blindAt: new Date(),
  });
  expect((await getDecisionRecord(org.auditor, { decisionId })).blind).toBe(false);
  const colleague = await org.person("auditor");
  expect((await getDecisionRecord(colleague, { decisionId })).blind).toBe(true);
});

test("once judged, everybody sees the audit; people are named", async () => {
  const judgedBy = actorName(org.auditor.actor);
  await db.update(audits).set({
    status: "done",
    blindAnswer: "positive",
    judgement: "incorrect",
    judgedBy,
    judgedAt: new Date(),
    cause: "input",
  });
  await db.insert(labels).values({
    id: newId("label"),
    orgId: org.orgId,
    decisionId,
    source: "audit",
    truth: "negative",
    piLabel: 0.25,
    actor: judgedBy,
  });
  const record = await getDecisionRecord(org.reviewer, { decisionId });
  const name = org.auditor.actor.kind === "user" ? org.auditor.actor.name : "";
  expect(record.audit).toMatchObject({ judgement: "incorrect", by: name, cause: "input" });
  expect(record.labels).toMatchObject([{ source: "audit", truth: "negative", by: name }]);
  expect(record.history.map(({ type }) => type)).toContain("audit.requested");
});

test("another organisation's decision is not there", async () => {
  const stranger = await anOrg(db);
  await expect(getDecisionRecord(stranger.admin, { decisionId })).rejects.toMatchObject({
    kind: "not_found",
  });
});
