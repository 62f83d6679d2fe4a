import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { fromBody, fromBoth } from "@/lib/apps/server/handlers";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { apiContextIn } from "@/lib/identity/server/api-context";
import { createPersonalToken } from "@/lib/identity/server/create-key";
import { handle, type Incoming, type Outgoing } from "@/lib/server/handle";
import { rowsOf } from "@/lib/server/rows";
import { incomingOf } from "@/lib/server/serve";
import { cohenKappa } from "@/lib/stats/cohen-kappa";
import { createEvaluatorEndpoint, evaluatorAgreementEndpoint, giveScoresEndpoint } from "../endpoints";
import { AgreementView, EvaluatorView, type ScoreGivenBody } from "../views";
import { addEvaluatorVersion, createEvaluator } from "./create-evaluator";
import { answerAgreement, getAgreement } from "./get-agreement";
import { giveScores } from "./give-scores";
import { getEvaluator } from "./list-evaluators";
import { listScores } from "./list-scores";
import { measureAgreements } from "./measure-agreements";
import { anEvaluator } from "./testing-evaluators";
import { restoreEvaluator } from "./update-evaluator";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeAll(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});

const given = (score: Partial<ScoreGivenBody> & Pick<ScoreGivenBody, "scorer">): ScoreGivenBody => ({
  quality: "output",
  score: null,
  label: null,
  passed: null,
  rationale: null,
  ...score,
});

/** `count` subjects on which a judge and a person said these. */
function bothSay(name: string, count: number, said: boolean, ruled: boolean): ScoreGivenBody[] {
  return Array.from({ length: count }, (_, at) => `${name}-${at}`).flatMap((subject) => [
    given({ subject, scorer: "import", passed: said }),
    given({ subject, scorer: "person", by: "ana", passed: ruled }),
  ]);
}

// Kappa about 0: the judge says yes to whatever people do.
const aBadJudge = [
  ...bothSay("yy", 20, true, true),
  ...bothSay("yn", 20, true, false),
  ...bothSay("ny", 10, false, true),
  ...bothSay("nn", 10, false, false),
];

const mtbench = path.resolve("../shared/data/confidence/mtbench_gpt4_vs_humans.csv");

type Line = { id: string; subject: string; judge: string; person: string; human: string };
function mtbenchLines(): Line[] {
  const [head, ...lines] = readFileSync(mtbench, "utf8").trim().split(/\r?\n/);
  const names = (head ?? "").split(",");
  const of = (cells: string[], name: string) => cells[names.indexOf(name)] ?? "";
  return lines.map((line) => {
    const cells = line.split(",");
    return {
      id: of(cells, "id"),
      subject: ["question_id", "model_a", "model_b", "turn"].map((name) => of(cells, name)).join(" "),
      judge: of(cells, "prediction"),
      person: of(cells, "reviewer"),
      human: of(cells, "reviewer_verdict"),
    };
  });
}

/** The endpoints as somebody with a personal token meets them: authenticated, parsed and answered by their contracts. */
async function overTheApi() {
  const { token } = await createPersonalToken(org.admin, { name: "MT-bench" });
  const call = (url: string, init?: RequestInit) =>
    new Request(`http://localhost${url}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  const caller = (incoming: Incoming, requestId: string) => apiContextIn(db, incoming, requestId);
  const read = ({ status, body }: Outgoing) => ({ status, body: JSON.parse(body) as unknown });
  const at = "/api/v1/evaluators";
  const post = (url: string, body: object) => call(url, { method: "POST", body: JSON.stringify(body) });
  return {
    create: async (body: object) =>
      read(
        await handle(
          createEvaluatorEndpoint,
          caller,
          fromBody(createEvaluator),
          incomingOf(post(at, body), {}),
        ),
      ),
    give: async (evaluator: string, scores: object[]) =>
      read(
        await handle(
          giveScoresEndpoint,
          caller,
          fromBoth(giveScores),
          incomingOf(post(`${at}/${evaluator}/scores`, { scores }), { evaluator }),
        ),
      ),
    agreement: async (evaluator: string, ties: string) =>
      read(
        await handle(
          evaluatorAgreementEndpoint,
          caller,
          answerAgreement,
          incomingOf(call(`${at}/${evaluator}/agreement?ties=${ties}`), { evaluator }),
        ),
      ),
  };
}

/** Agreement and kappa written out anew: nothing of the room's own arithmetic. */
function directly(pairs: [string, string][]) {
  const names = [...new Set(pairs.flat())];
  const n = pairs.length;
  const observed = pairs.filter(([one, other]) => one === other).length / n;
  const share = (at: 0 | 1, name: string) => pairs.filter((pair) => pair[at] === name).length / n;
  const chance = names.reduce((sum, name) => sum + share(0, name) * share(1, name), 0);
  return { n, observed, kappa: (observed - chance) / (1 - chance) };
}

test.skipIf(!existsSync(mtbench))(
  "GPT-4's verdicts and people's, entered over the API, agree as direct computation says, ties merged and not",
  async () => {
    const api = await overTheApi();
    const made = await api.create({ app: desk.app, name: "MT-bench GPT-4", kind: "exact", config: {} });
    expect(made.status).toBe(201);
    const { id: judge } = EvaluatorView.parse(made.body);
    const lines = mtbenchLines();
    expect(lines).toHaveLength(781);
    const scores = lines.flatMap(({ id, judge: said, person, human }) => [
      given({ subject: id, scorer: "import", by: "gpt-4", label: said }),
      given({ subject: id, scorer: "person", by: person, label: human }),
    ]);
    for (let from = 0; from < scores.length; from += 1000) {
      const some = scores.slice(from, from + 1000);
      expect(await api.give(judge, some)).toMatchObject({ status: 200, body: { written: some.length } });
    }
    const plain = (label: string) => (label.startsWith("tie") ? "tie" : label);
    const expected = {
      kept: directly(lines.map(({ judge: said, human }) => [said, human])),
      merged: directly(lines.map(({ judge: said, human }) => [plain(said), plain(human)])),
      left_out: directly(
        lines.flatMap(({ judge: said, human }): [string, string][] =>
          plain(said) === "tie" || plain(human) === "tie" ? [] : [[said, human]],
        ),
      ),
    };
    for (const ties of ["kept", "merged", "left_out"] as const) {
      const found = AgreementView.parse((await api.agreement(judge, ties)).body);
      expect(found.n).toBe(expected[ties].n);
      expect(found.effective_n).toBeCloseTo(expected[ties].n, 9);
      expect(found.agreement?.value).toBeCloseTo(expected[ties].observed, 12);
      expect(found.kappa?.value).toBeCloseTo(expected[ties].kappa, 12);
      const { interval } = cohenKappa(found.table);
      expect(found.kappa?.low).toBeCloseTo(interval?.lower ?? NaN, 9);
      expect(found.kappa?.high).toBeCloseTo(interval?.upper ?? NaN, 9);
    }
    // The file's own column of what is right takes each tie for itself.
    expect(Math.round(expected.kept.observed * 781)).toBe(477);
  },
);

test.skipIf(!existsSync(mtbench))(
  "several people on one answer of GPT-4's are one subject: the interval is as wide as whole subjects make it",
  async () => {
    const judge = await anEvaluator(org.admin, desk.app, { name: "MT-bench by subject" });
    const lines = mtbenchLines();
    const judged = new Map(lines.map(({ subject, judge: said }) => [subject, said]));
    const scores = [
      ...[...judged].map(([subject, label]) => given({ subject, scorer: "import", by: "gpt-4", label })),
      ...lines.map(({ subject, person: by, human: label }) =>
        given({ subject, scorer: "person", by, label }),
      ),
    ];
    for (let from = 0; from < scores.length; from += 1000)
      await giveScores(org.admin, { evaluator: judge.id, scores: scores.slice(from, from + 1000) });
    // Errors by numerical differentiation over the 561 subjects, in numpy; a jackknife of subjects gives 0.0274 and 0.0333.
    const known = { kept: [0.3144573095, 0.0272777549], merged: [0.3991156786, 0.0331091562] } as const;
    for (const ties of ["kept", "merged"] as const) {
      const { n, subjects, kappa } = await getAgreement(org.auditor, { evaluator: judge.id, ties });
      expect({ n, subjects }).toEqual({ n: 781, subjects: 561 });
      const [value, se] = known[ties];
      expect(kappa?.value).toBeCloseTo(value, 9);
      expect(kappa?.low).toBeCloseTo(value - 1.959964 * se, 6);
      expect(kappa?.high).toBeCloseTo(value + 1.959964 * se, 6);
    }
  },
);

test("a judge below its floor is demoted once, with the reason, and admins are told; a person lets it count again", async () => {
  const judge = await anEvaluator(org.admin, desk.app, { name: "Bad judge", kappa_floor: 0.5 });
  await giveScores(org.admin, { evaluator: judge.id, scores: aBadJudge });
  while ((await measureAgreements(org.system)) > 0);
  const fallen = await getEvaluator(org.auditor, { evaluator: judge.id });
  expect(fallen).toMatchObject({ status: "demoted", counts: false, agreement: { n: 60 } });
  expect(fallen.status_why).toContain("below its floor of 0.50");
  const events = await rowsOf<{ data: { why: string } }>(
    db,
    sql`select data from events where type = 'evaluator.demoted' and subject = ${judge.id}`,
  );
  expect(events).toHaveLength(1);
  await restoreEvaluator(org.admin, { evaluator: judge.id, reason: "the rulings were of another rubric" });
  await db.update(schema.evaluatorAgreements).set({ computedAt: sql`now() - interval '2 hours'` });
  while ((await measureAgreements(org.system)) > 0);
  // What was scored before it was restored no longer speaks against it.
  expect(await getEvaluator(org.auditor, { evaluator: judge.id })).toMatchObject({
    counts: true,
    agreement: { n: 0 },
  });
});

test("a new version counts, whatever the one before was, and is measured by its own scores", async () => {
  const judge = await anEvaluator(org.admin, desk.app, { name: "Mended judge", kappa_floor: 0.5 });
  await giveScores(org.admin, { evaluator: judge.id, scores: aBadJudge });
  while ((await measureAgreements(org.system)) > 0);
  const mended = await addEvaluatorVersion(org.admin, {
    evaluator: judge.id,
    config: { fields: ["/amount"] },
    note: "looks at the amount",
  });
  expect(mended).toMatchObject({ counts: true, version: { version: 2 }, agreement: null });
  const again = bothSay("yy", 20, true, true).filter(({ scorer }) => scorer === "import");
  await giveScores(org.admin, { evaluator: judge.id, scores: again });
  const { n } = await getAgreement(org.auditor, { evaluator: judge.id, ties: "kept" });
  expect(n).toBe(20);
});

test("a decision's truth counts as people's ruling of its proposal, weighted by both propensities; a ruling given goes before it", async () => {
  const judge = await anEvaluator(org.admin, desk.app, { name: "Of decisions" });
  const [one, other] = [await aDecision(db, org, desk), await aDecision(db, org, desk)];
  await giveScores(org.admin, {
    evaluator: judge.id,
    scores: [one, other].map(({ id }) => given({ decision: id, scorer: "import", passed: true })),
  });
  await db.update(schema.scores).set({ pi: 0.5 }).where(eq(schema.scores.decisionId, one.id));
  await recordLabel(org.auditor, { decisionId: one.id, source: "audit", truth: "negative", piLabel: 0.25 });
  await recordLabel(org.reviewer, { decisionId: other.id, source: "review", truth: "negative", piLabel: 1 });
  const before = await getAgreement(org.auditor, { evaluator: judge.id, ties: "kept" });
  expect(before).toMatchObject({ n: 2, agreement: { value: 0 }, bias: 1 });
  const ruling = given({ decision: other.id, scorer: "person", passed: true });
  await giveScores(org.auditor, { evaluator: judge.id, scores: [ruling] });
  const after = await getAgreement(org.auditor, { evaluator: judge.id, ties: "kept" });
  // 1 / (0.5 · 0.25) = 8 against one.
  expect(after.agreement?.value).toBeCloseTo(1 / 9, 12);
  const { data } = await listScores(org.admin, { evaluator: judge.id, order: "disagreements", limit: 10 });
  expect(data.map(({ decision_id }) => decision_id)).toEqual([one.id, other.id]);
});

test("the latest word of one who ruled counts, once; a key gives no people's rulings, and none of another app", async () => {
  const judge = await anEvaluator(org.admin, desk.app, { name: "Sent again" });
  const scores = bothSay("s", 3, true, true);
  const send = (list: ScoreGivenBody[]) => giveScores(org.admin, { evaluator: judge.id, scores: list });
  expect(await send(scores)).toMatchObject({ written: 6, unchanged: 0 });
  expect(await send(scores)).toMatchObject({ written: 0, unchanged: 6 });
  expect(await send(bothSay("s", 3, true, false))).toMatchObject({ written: 3, unchanged: 3 });
  await expect(send([...scores, ...scores.slice(0, 1)])).rejects.toMatchObject({ code: "validation_failed" });
  const key = await org.keyOf(desk.app, ["feedback:write", "decisions:read"]);
  await expect(giveScores(key, { evaluator: judge.id, scores })).rejects.toMatchObject({ kind: "forbidden" });
  const own = [given({ subject: "k", scorer: "import", score: 0.5 })];
  await expect(giveScores(key, { evaluator: judge.id, scores: own })).resolves.toMatchObject({ written: 1 });
  const elsewhere = await org.keyOf((await aRefundDesk(db, org)).app, ["feedback:write", "decisions:read"]);
  await expect(giveScores(elsewhere, { evaluator: judge.id, scores: own })).rejects.toMatchObject({
    kind: "not_found",
  });
  await expect(giveScores(org.reviewer, { evaluator: judge.id, scores: own })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
