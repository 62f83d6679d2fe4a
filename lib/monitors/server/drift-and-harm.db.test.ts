import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getAutonomy } from "@/lib/apps/server/get-autonomy";
import { answerBlind } from "@/lib/audits/server/answer-blind";
import { claimNextAudit } from "@/lib/audits/server/claim-next-audit";
import { judgeAudit } from "@/lib/audits/server/judge-audit";
import { openDueAudits } from "@/lib/audits/server/open-due-audits";
import { foldEpochs } from "@/lib/autonomy/server/fold-epochs";
import { getContract } from "@/lib/autonomy/server/get-contract";
import { aContract } from "@/lib/autonomy/server/testing-contracts";
import { Submission } from "@/lib/decisions/schema";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import { compareDrift } from "./compare-drift";
import { getIncident } from "./get-incident";
import { listDriftReferences } from "./list-drift-references";
import { listIncidents } from "./list-incidents";
import { openSystemIncidents } from "./open-system-incidents";

// What people and workers do, by the verbs they do it with: only the days between are made to have passed.
const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
});

const dayMs = 86_400_000;
const dayAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

type Place = { org: TestOrg; desk: Pick<TestDesk, "app" | "typeKey"> };

async function submit({ org, desk }: Place, confidences: readonly number[]) {
  const { actor } = await org.keyOf(desk.app, ["decisions:write"]);
  const rows = confidences.map((confidence, at) => ({
    actor,
    livemode: false,
    idempotencyKey: null,
    submission: Submission.parse({
      type: desk.typeKey,
      input: { message: `case ${at}` },
      proposal: {
        arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" },
        predicted: "negative",
      },
      confidence,
      model: { name: "small-2" },
    }),
  }));
  const outcomes = await submitDecisions(org.system, rows);
  return outcomes.map((outcome) => {
    if (outcome.kind !== "created") throw new Error(JSON.stringify(outcome));
    return outcome.plan.id;
  });
}

/** Submitted as they are now, and then so many days ago. */
async function onDay(place: Place, days: number, confidence: (at: number) => number): Promise<void> {
  const ids = await submit(
    place,
    Array.from({ length: 120 }, (_, at) => confidence(at)),
  );
  const noon = `${dayAgo(days)}T12:00:00Z`;
  await db
    .update(decisions)
    .set({ createdAt: sql`${noon}::timestamptz` })
    .where(sql`id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
}

const usual = (at: number) => 0.9 + (at % 10) / 100;
const shifted = (at: number) => 0.75 + (at % 10) / 100;

/** How likely a decision that runs alone is to be audited now, as it was stored with one. */
async function chanceOfAudit(place: Place): Promise<number | undefined> {
  const [id = ""] = await submit(place, [0.95]);
  const [row] = await db.select().from(decisions).where(eq(decisions.id, id));
  expect(row?.route).toBe("decline");
  return row?.piLabel ?? undefined;
}

test("a shift that two days confirm doubles what is audited from the next decision on; steady days give it back", async () => {
  const org = await anOrg(db);
  const autonomy = { level: "auto", threshold: 0.6, declineThreshold: 0.6, auditRate: 0.2 } as const;
  const desk = await aRefundDesk(db, org, { autonomy });
  const place = { org, desk };
  expect(await chanceOfAudit(place)).toBe(0.2);
  for (const days of [12, 11, 10]) await onDay(place, days, usual);
  for (const days of [9, 8]) await onDay(place, days, shifted);
  for (const days of [7, 6, 5]) await onDay(place, days, usual);
  await compareDrift(org.system, { day: dayAgo(9) });
  expect(await chanceOfAudit(place)).toBe(0.2);
  await compareDrift(org.system, { day: dayAgo(8) });
  expect(await chanceOfAudit(place)).toBe(0.4);
  expect(await getAutonomy(org.reviewer, { app: desk.app, type: desk.typeKey })).toMatchObject({
    audit_rate: 0.4,
  });
  await openSystemIncidents(org.system);
  const { data } = await listIncidents(org.reviewer, { limit: 5 });
  expect(data).toMatchObject([{ cause: "drift", severity: "warning", status: "open" }]);
  const incident = await getIncident(org.reviewer, { incident: data[0]?.id ?? "" });
  expect(incident.why).toContain("Audits are doubled");
  expect((await listDriftReferences(org.reviewer, { limit: 5 })).data).toMatchObject([{ drift: true }]);
  for (const days of [7, 6, 5]) await compareDrift(org.system, { day: dayAgo(days) });
  expect((await listDriftReferences(org.reviewer, { limit: 5 })).data).toMatchObject([{ drift: false }]);
  expect(await chanceOfAudit(place)).toBe(0.2);
});

test("wrong answers that auditors find take the autonomy back, open an incident, and the next decision waits for a person", async () => {
  const deployments = [{ after: "dec_00", day: dayAgo(3), threshold: 0.6, auditRate: 1 }];
  const of = await aContract(db, { level: "auto", threshold: 0.6, auditRate: 1, epoch: { deployments } });
  const { org, desk } = of;
  await submit(of, Array<number>(12).fill(0.95));
  await openDueAudits(org.system);
  for (let judged = 0; judged < 12; judged++) {
    const audit = await claimNextAudit(org.auditor, { exclude: [] });
    if (!audit) break;
    await answerBlind(org.auditor, { auditId: audit.id, answer: "positive" });
    await judgeAudit(org.auditor, {
      auditId: audit.id,
      ruling: { judgement: "incorrect", cause: "inference" },
    });
  }
  await foldEpochs(org.system, { settleSeconds: 0 });
  expect(await getContract(org.admin, { contract: of.ids.contract })).toMatchObject({ level: "review_all" });
  await openSystemIncidents(org.system);
  const { data } = await listIncidents(org.reviewer, { limit: 5 });
  expect(data).toMatchObject([{ cause: "step_down", severity: "alert", app: { id: desk.app } }]);
  const incident = await getIncident(org.reviewer, { incident: data[0]?.id ?? "" });
  expect(incident).toMatchObject({
    why: expect.stringContaining("Audits found too much wrong") as string,
    href: `/apps/${desk.app}/contracts/${of.ids.contract}`,
    versions: [{ model: "small-2" }],
    affected: { count: 12 },
  });
  const [id = ""] = await submit(of, [0.95]);
  const [next] = await db.select().from(decisions).where(eq(decisions.id, id));
  expect(next).toMatchObject({ route: "review", status: "in_review" });
});
