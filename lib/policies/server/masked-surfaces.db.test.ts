import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getAudit } from "@/lib/audits/server/get-audit";
import { listAudits } from "@/lib/audits/server/list-audits";
import { listFlips } from "@/lib/autonomy/server/list-flips";
import { listFlipsOfReplay } from "@/lib/autonomy/server/list-flips-of-replay";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { getDecisionRecord } from "@/lib/decisions/server/get-decision-record";
import { getSubject } from "@/lib/decisions/server/get-subject";
import { latestDecisions } from "@/lib/decisions/server/latest-decisions";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { listDecisions } from "@/lib/decisions/server/list-decisions";
import { waitForDecision } from "@/lib/decisions/server/wait-for-decision";
import { getDiscrepancy } from "@/lib/discrepancies/server/get-discrepancy";
import { listDiscrepancies } from "@/lib/discrepancies/server/list-discrepancies";
import { getChain } from "@/lib/execution/server/get-chain";
import { getExecution } from "@/lib/execution/server/get-execution";
import { listDesk } from "@/lib/execution/server/list-desk";
import { listExecutions } from "@/lib/execution/server/list-executions";
import { CreateExport } from "@/lib/exports/contract";
import { createExport } from "@/lib/exports/server/create-export";
import { downloadExport } from "@/lib/exports/server/download-export";
import { runExports } from "@/lib/exports/server/run-exports";
import { newId } from "@/lib/kernel/ids";
import { getAppeal, listAppeals } from "@/lib/notices/server/list-appeals";
import { addNote } from "@/lib/reviews/server/add-note";
import { getReview } from "@/lib/reviews/server/get-review";
import { listNotes } from "@/lib/reviews/server/list-notes";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import { rememberRulings } from "@/lib/reviews/server/remember-rulings";
import { searchWork } from "@/lib/reviews/server/search-work";
import { similarDecisions } from "@/lib/reviews/server/similar-decisions";
import type { Context } from "@/lib/server/context";
import { listPolicyDivergences } from "./list-divergences";
import { readPolicy, readVersions } from "./read-policies";
import { updateAgent } from "./update-agent";

const { db } = await testDatabase();

/** What stands in every field that an app, a customer or a reviewer may have written it into. */
const personal = "walk.me@secret.example";
const said = `Please answer ${personal} about the broken lamp`;

type Seeded = Awaited<ReturnType<typeof seed>>;
type Surface = (ctx: Context, at: Seeded) => Promise<unknown>;

/** Every verb that answers a person who reads with what was written in a decision or about it. */
const surfaces: Record<string, Surface> = {
  "a decision": (ctx, { open }) => getDecision(ctx, { params: { decision: open.id } }),
  "a decision that is waited for": (ctx, { ran }) =>
    waitForDecision(ctx, { params: { decision: ran.id }, query: { timeout: 0 } }),
  "a decision with its history": (ctx, { open }) => getDecisionRecord(ctx, { decisionId: open.id }),
  "decisions over the API": (ctx) => listDecisions(ctx, { query: { limit: 20 } }),
  "the list of decisions": (ctx) => listDecisionRows(ctx, {}),
  "the newest decisions": (ctx) => latestDecisions(ctx),
  "a subject's decisions": async (ctx, { desk }) =>
    (await getSubject(ctx, { params: { type: "order", id: desk.app }, query: { limit: 20 } })).decisions,
  "a search": (ctx, { open }) => searchWork(ctx, { text: open.id }),
  precedents: (ctx, { open }) =>
    similarDecisions(ctx, { params: { decision: open.id }, query: { limit: 5 } }),
  notes: (ctx, { open }) => listNotes(ctx, { params: { decision: open.id }, query: { limit: 5 } }),
  reviews: (ctx) => listReviews(ctx, { tab: "open", limit: 20 }),
  "resolved reviews": (ctx) => listReviews(ctx, { tab: "resolved", limit: 20 }),
  "a case": (ctx, { open }) => getReview(ctx, { reviewId: open.reviewId ?? "" }),
  audits: (ctx) => listAudits(ctx, { tab: "open", limit: 20 }),
  "an audit": (ctx, { auditId }) => getAudit(ctx, { auditId }),
  executions: (ctx) => listExecutions(ctx, { query: { limit: 20 } }),
  "the desk": (ctx) => listDesk(ctx, { tab: "unanswered", limit: 20 }),
  "an execution with its attempts": (ctx, { ran }) => getExecution(ctx, { id: ran.executionId ?? "" }),
  "what undoes what": (ctx, { ran }) => getChain(ctx, { decisionId: ran.id }),
  discrepancies: (ctx) => listDiscrepancies(ctx, { limit: 20 }),
  "a discrepancy": (ctx, { discrepancy }) => getDiscrepancy(ctx, { id: discrepancy }),
  appeals: (ctx) => listAppeals(ctx, { limit: 20 }),
  "an appeal": (ctx, { appeal }) => getAppeal(ctx, { appealId: appeal }),
  "flips of a draft threshold": (ctx, { desk }) =>
    listFlips(ctx, {
      app: desk.app,
      type: desk.typeKey,
      predicted: "positive",
      days: "30",
      threshold: 0.1,
      limit: 20,
    }),
  "flips of a replay": (ctx, { replay }) => listFlipsOfReplay(ctx, { replay, limit: 20 }),
  "divergences of a policy": (ctx, { policy }) => listPolicyDivergences(ctx, { policy }),
  "a policy's fixtures": (ctx, { policy }) => readPolicy(ctx, policy),
  "fixtures of its versions": (ctx, { policy }) => readVersions(ctx, policy),
  "decisions as JSONL": (ctx) => fileOf(ctx, { kind: "decisions", format: "jsonl" }),
  "decisions as CSV": (ctx) => fileOf(ctx, { kind: "decisions", format: "csv" }),
  "reviews as CSV": (ctx) => fileOf(ctx, { kind: "reviews", format: "csv", filter: { tab: "resolved" } }),
  "audits as JSONL": (ctx) => fileOf(ctx, { kind: "audits", format: "jsonl", filter: { tab: "open" } }),
  "executions as CSV": (ctx) => fileOf(ctx, { kind: "executions", format: "csv" }),
};

/** No reviewer reads these. */
const notForReviewers = ["audits", "an audit", "audits as JSONL", "discrepancies", "a discrepancy"];

test.each(Object.keys(surfaces))(
  "%s shows an admin no personal data, and an auditor all of it",
  async (name) => {
    const at = await seeded();
    const surface = surfaces[name];
    if (!surface) throw new Error(`no surface ${name}`);
    expect(JSON.stringify(await surface(at.org.auditor, at))).toContain(personal);
    const shown = JSON.stringify(await surface(at.org.admin, at));
    expect(shown).not.toContain(personal);
    expect(shown).toContain("[E-mail address]");
    if (!notForReviewers.includes(name) && !name.includes("replay"))
      expect(JSON.stringify(await surface(at.org.reviewer, at))).toContain(personal);
  },
);

let once: Promise<Seeded> | undefined;
const seeded = () => (once ??= seed());

async function fileOf(ctx: Context, input: object): Promise<string> {
  const { id } = await createExport(ctx, CreateExport.parse({ filter: {}, ...input }));
  while ((await runExports({ ...ctx, actor: { kind: "system", id: "test" } })) > 0);
  const { body } = await downloadExport(ctx, { id });
  return new Response(body).text();
}

async function seed() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const columns = {
    input: { message: said },
    arguments: { invoice: personal, amount: 1800, currency: "EUR" },
    rationale: said,
    externalId: personal,
    subjectType: "order",
    subjectId: desk.app,
    metadata: { from: personal },
  };
  const past = await aDecision(db, org, desk, { ...columns, externalId: null });
  await ruledOn(org, past);
  const ran = await aDecision(db, org, desk, { ...columns, externalId: null, status: "approved" });
  await tried(org, ran.executionId ?? "");
  const judged = await aDecision(db, org, desk, {
    ...columns,
    externalId: null,
    withReview: false,
    auditDrawn: true,
  });
  // What it is about is known by an address too.
  const open = await aDecision(db, org, desk, { ...columns, subjectId: personal });
  await addNote(org.reviewer, { params: { decision: open.id }, body: { text: said, mentions: [] } });
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  const about = await written(org, desk, { open: open.id, judged: judged.id });
  return { org, desk, open, ran, past, ...about };
}

type Made = Awaited<ReturnType<typeof aDecision>>;

/** A ruling with words of its own, remembered as a precedent. */
async function ruledOn(org: TestOrg, { id, reviewId }: Made): Promise<void> {
  const by = `user:${org.reviewer.actor.id}`;
  await db.execute(sql`update reviews set status = 'resolved', verdict = 'decline', note = ${said}, resolved_by = ${by},
    resolved_at = now() - interval '10 minutes' where id = ${reviewId}`);
  await db.execute(sql`update decisions set status = 'cancelled' where id = ${id}`);
  await rememberRulings(org.system);
}

/** An execution that was sent once and never answered. */
async function tried(org: TestOrg, id: string): Promise<void> {
  await db.execute(sql`insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request,
      response_body, started_at, ended_at)
    values (${newId("attempt")}, ${org.orgId}, ${id}, 'send', 1, 1, 'test', 'refused',
      ${JSON.stringify({ body: said })}::jsonb, ${said}, now(), now())`);
  await db.execute(sql`update executions set status = 'in_flight', fence = fence + 1 where id = ${id}`);
  await db.execute(
    sql`update executions set status = 'unknown', needs_person = true, last_error = ${said} where id = ${id}`,
  );
}

/** What others wrote about the decisions, by plain inserts. */
async function written(org: TestOrg, desk: TestDesk, { open, judged }: { open: string; judged: string }) {
  const ids = {
    auditId: newId("audit"),
    discrepancy: newId("discrepancy"),
    appeal: newId("appeal"),
    replay: newId("replay"),
    policy: newId("policy"),
  };
  const { orgId } = org;
  const of = { orgId, appId: desk.app, typeId: desk.type };
  await db.insert(schema.audits).values({ ...of, id: ids.auditId, decisionId: judged, piLabel: 1 });
  await db.insert(schema.discrepancies).values({
    ...of,
    id: ids.discrepancy,
    decisionId: open,
    sides: {
      reviewer: {
        truth: "negative",
        by: `user:${org.reviewer.actor.id}`,
        at: "2026-01-01T00:00:00Z",
        text: said,
      },
    },
    pairs: "model-reviewer",
    note: said,
  });
  await db.insert(schema.appeals).values({
    id: ids.appeal,
    orgId,
    decisionId: open,
    tokenHash: ids.appeal,
    status: "submitted",
    expiresAt: new Date(Date.now() + 86_400_000),
    statement: said,
    contact: personal,
    submittedAt: new Date(),
    createdBy: "user:test",
  });
  await drafted(org, desk, { ...ids, open });
  return ids;
}

/** A draft threshold and a policy in shadow, with what they would have done otherwise. */
async function drafted(org: TestOrg, desk: TestDesk, ids: { replay: string; policy: string; open: string }) {
  const { orgId } = org;
  await db.insert(schema.replays).values({
    id: ids.replay,
    orgId,
    appId: desk.app,
    kind: "threshold",
    spec: {
      draft: { kind: "threshold", thresholds: { positive: 0.1 }, audit_rate: 0.1 },
      period: { days: 30 },
      until: "2030-01-01T00:00:00Z",
      type_id: desk.type,
    },
    status: "done",
    createdBy: "user:test",
  });
  await db
    .insert(schema.replayFlips)
    .values({ orgId, replayId: ids.replay, decisionId: ids.open, was: "review", would: "execute" });
  await db
    .insert(schema.policies)
    .values({ id: ids.policy, orgId, key: ids.policy, name: "Cap", createdBy: "user:test" });
  const versionId = newId("policyVersion");
  const facts = { input: { message: said } };
  await db.insert(schema.policyVersions).values({
    id: versionId,
    orgId,
    policyId: ids.policy,
    number: 1,
    status: "shadow",
    rules: [],
    // As an admin made it of a past decision; only its text matters here.
    fixtures: [{ name: "lamp", decision: facts, expect: { effect: null } }] as never,
    editedBy: "user:test",
  });
  await db.insert(schema.policyDivergences).values({
    id: newId("divergence"),
    orgId,
    versionId,
    decisionId: ids.open,
    was: "execute",
    would: "review",
  });
}
