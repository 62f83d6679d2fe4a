import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getAgreement } from "./get-agreement";
import { giveScores } from "./give-scores";
import { listScores } from "./list-scores";
import { nextRuling } from "./next-ruling";
import { ruleOnScore } from "./rule-on-score";
import { anEvaluator } from "./testing-evaluators";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let evaluator: string;

beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  evaluator = (await anEvaluator(org.admin, desk.app, { name: "Ours" })).id;
});

const given = { quality: "output", score: null, label: null, passed: null, rationale: null } as const;

/** What the evaluator's own program said of decisions, in order; answers the decisions. */
async function said(passes: readonly boolean[], more: Parameters<typeof aDecision>[3] = {}) {
  const ids: string[] = [];
  for (const passed of passes) {
    const { id } = await aDecision(db, org, desk, more);
    ids.push(id);
    const score = { ...given, decision: id, scorer: "import", passed, rationale: "secret reasons" } as const;
    await giveScores(org.admin, { evaluator, scores: [score] });
  }
  return ids;
}
const verdict = (passed: boolean) => ({ passed, label: null, rationale: null });
const drawn = async (ctx = org.auditor) => {
  const { case: shown } = await nextRuling(ctx, { evaluator });
  if (!shown) throw new Error("nothing is left");
  return shown;
};

test("a person rules without being shown what was said, then sees it, and agreement is measured by it", async () => {
  const [decision] = await said([true]);
  const first = await nextRuling(org.auditor, { evaluator });
  expect(first).toMatchObject({ ruled: 0, left: 1, case: { decision_id: decision, wants: "passed" } });
  expect(JSON.stringify(first)).not.toContain("secret reasons");
  const ruling = await ruleOnScore(org.auditor, { score: first.case?.score_id ?? "", ...verdict(false) });
  expect(ruling).toMatchObject({
    agrees: false,
    passed: false,
    score: { passed: true, rationale: "secret reasons", people: { passed: false } },
  });
  expect(await nextRuling(org.auditor, { evaluator })).toMatchObject({ ruled: 1, left: 0, case: null });
  expect(await getAgreement(org.admin, { evaluator, ties: "kept" })).toMatchObject({ n: 1, bias: 1 });
  const journalled = await db.select().from(schema.journal).where(eq(schema.journal.subject, evaluator));
  expect(journalled.map(({ action }) => action)).toContain("evaluator.scores_given");
});

test("prompt, context and output are each told by themselves, with people's agreement on each", async () => {
  const [decision = ""] = await said([true]);
  const about = { ...given, decision, quality: "context" } as const;
  await giveScores(org.admin, { evaluator, scores: [{ ...about, scorer: "import", passed: false }] });
  await giveScores(org.admin, { evaluator, scores: [{ ...about, scorer: "person", passed: true }] });
  const { qualities } = await getAgreement(org.admin, { evaluator, ties: "kept" });
  expect(qualities).toMatchObject([
    { quality: "context", n: 1, bias: -1, pass_rate: { n: 1 } },
    { quality: "output", n: 0, bias: null, pass_rate: { n: 1 } },
  ]);
});

test("somebody rules once: what is said after the score was shown is not blind", async () => {
  await said([true]);
  const { score_id: score } = await drawn();
  const both = await Promise.allSettled([
    ruleOnScore(org.auditor, { score, ...verdict(true) }),
    ruleOnScore(org.auditor, { score, ...verdict(false) }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
  // Another person may, and each is a pair of its own.
  await ruleOnScore(org.admin, { score, ...verdict(true) });
  expect((await getAgreement(org.admin, { evaluator, ties: "kept" })).n).toBe(2);
});

test("what nobody has said anything of comes first, and a certain score can be asked for", async () => {
  await said([true, true, true], { truth: "positive", truthSource: "review", truthPi: 1 });
  const [unknown] = await said([false]);
  expect((await drawn()).decision_id).toBe(unknown);
  const { data } = await listScores(org.admin, { evaluator, limit: 10, order: "newest" });
  const wanted = data.at(-1)?.id ?? "";
  expect((await nextRuling(org.auditor, { evaluator, score: wanted })).case?.score_id).toBe(wanted);
  await ruleOnScore(org.auditor, { score: wanted, ...verdict(true) });
  await expect(nextRuling(org.auditor, { evaluator, score: wanted })).rejects.toMatchObject({
    kind: "conflict",
  });
});

test("an evaluator that gives labels is answered with one; a verdict to it is refused", async () => {
  const label = { ...given, scorer: "import", label: "model_a" } as const;
  await giveScores(org.admin, { evaluator, scores: [{ ...label, subject: "question 1" }] });
  const shown = await drawn();
  expect(shown).toMatchObject({ wants: "label", labels: ["model_a"], subject: "question 1", output: null });
  await expect(ruleOnScore(org.auditor, { score: shown.score_id, ...verdict(true) })).rejects.toMatchObject({
    kind: "invalid",
  });
  const ruling = { score: shown.score_id, passed: null, label: "model_a", rationale: null };
  expect(await ruleOnScore(org.auditor, ruling)).toMatchObject({ agrees: true });
});

test("neither a reviewer, nor an app's key, nor an auditor with the audit still to answer rules on it", async () => {
  await said([true], { auditDrawn: true, auditPending: true });
  expect(await nextRuling(org.auditor, { evaluator })).toMatchObject({ case: null, left: 0 });
  const { score_id: score } = await drawn(org.admin);
  await expect(ruleOnScore(org.auditor, { score, ...verdict(true) })).rejects.toMatchObject({
    kind: "conflict",
  });
  await expect(nextRuling(org.reviewer, { evaluator })).rejects.toMatchObject({ kind: "forbidden" });
  const key = await org.keyOf(desk.app, ["feedback:write", "decisions:read"]);
  await expect(nextRuling(key, { evaluator })).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  await expect(nextRuling(other.admin, { evaluator })).rejects.toMatchObject({ kind: "not_found" });
});
