import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, events, goldItems, journal, modelArtifacts, runs, trainings } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { classifyWithArtifact } from "@/lib/models/server/local-artifact";
import { tellNews } from "@/lib/notices/server/tell-news";
import { bells, hearFromNow } from "@/lib/notices/server/testing-news";
import { rowsOf } from "@/lib/server/rows";
import { answerInShadow } from "./answer-in-shadow";
import { declineTraining } from "./decline-training";
import { getActiveArtifact } from "./get-active-artifact";
import { getTraining, listArtifacts, listTrainings } from "./list-trainings";
import { listSigners } from "./list-signers";
import { proposeTraining } from "./propose-training";
import { restoreArtifact } from "./restore-artifact";
import { runTrainings } from "./run-trainings";
import { signTraining } from "./sign-training";
import { startShadowTraining } from "./start-shadow-training";
import { startTraining } from "./start-training";
import { aLearningDesk, aLesson } from "./testing-learning";

const { db } = await testDatabase();
const sources = ["review" as const, "audit" as const, "outcome" as const];

async function aTaughtDesk(count = 40) {
  const org = await anOrg(db);
  const { desk, artifact } = await aLearningDesk(db, org);
  for (let at = 0; at < count; at++)
    await aLesson(db, org, desk, { truth: at % 2 ? "negative" : "positive", predicted: "positive" });
  return { org, desk, artifact, second: await org.person("admin") };
}

async function aRound(org: TestOrg, desk: TestDesk): Promise<string> {
  const { id } = await startTraining(org.admin, { app: desk.app, type: desk.type, sources });
  expect(await runTrainings(org.system)).toBe(1);
  return id;
}

test("a round goes from labels to a signed model, which the app then fetches; and back again", async () => {
  const { org, desk, artifact, second } = await aTaughtDesk();
  const id = await aRound(org, desk);
  const { status, report, artifact: made } = await getTraining(org.auditor, { id });
  expect(status).toBe("evaluated");
  expect(report?.labels).toEqual({ review: 40, audit: 0, outcome: 0 });
  expect((report?.learned_from ?? 0) + (report?.kept_apart ?? 0)).toBe(40);
  expect(report?.comparison?.candidate.value).toBeLessThan(report?.comparison?.baseline.value ?? 0);
  expect(report?.examples.length).toBe(report?.disagreements);

  await expect(proposeTraining(org.admin, { id })).rejects.toMatchObject({ code: "training_not_there" });
  await hearFromNow(org);
  await startShadowTraining(org.admin, { id });
  await proposeTraining(org.admin, { id });
  await tellNews(org.system);
  expect(await bells(org)).toMatchObject([
    {
      userId: second.actor.id,
      title: "Second signature wanted, for a new model: Refund desk: Issue a refund",
      href: `/apps/${desk.app}/learning?type=${desk.typeKey}`,
    },
  ]);
  await expect(signTraining(org.admin, { id })).rejects.toMatchObject({ code: "own_proposal" });
  await expect(signTraining(org.auditor, { id })).rejects.toMatchObject({ code: "forbidden" });
  const waiting = async () => (await listTrainings(second, { limit: 5, status: "proposed" })).data;
  expect(await waiting()).toMatchObject([{ id, own_proposal: false }]);
  expect(await listSigners(org.admin)).toEqual([second.actor.kind === "user" ? second.actor.name : ""]);
  const signed = await signTraining(second, { id });
  expect(signed).toMatchObject({ status: "signed", artifact: { version: 2, status: "active" } });

  expect(await waiting()).toEqual([]);

  const key = await org.keyOf(desk.app, ["decisions:write"]);
  const pulled = await getActiveArtifact(key, { type: desk.type });
  expect(pulled).toMatchObject({ id: made?.id, model: "naive-bayes@2" });
  expect(await getActiveArtifact(key, { type: desk.type, known: pulled.sha256 })).toMatchObject({
    content: null,
  });

  const back = await restoreArtifact(org.admin, { id: artifact.id });
  expect(back.status).toBe("active");
  expect(await getActiveArtifact(key, { type: desk.type })).toMatchObject({ model: "naive-bayes@1" });
  const steps = await db
    .select()
    .from(journal)
    .where(and(eq(journal.orgId, org.orgId), eq(journal.subject, id)));
  expect(steps.map(({ action }) => action)).toEqual(
    ["started", "evaluated", "shadowed", "proposed", "signed"].map((step) => `training.${step}`),
  );
  const told = await db
    .select()
    .from(events)
    .where(and(eq(events.orgId, org.orgId), eq(events.subject, id)));
  expect(told).toHaveLength(5);
  expect(told.find(({ data }) => data["step"] === "proposed")?.data).toMatchObject({
    by: `user:${org.admin.actor.id}`,
    type: desk.typeKey,
  });
});

test.each([
  ["null", "not_measured"],
  ['{"verdict": "worse"}', "gate_failed"],
])("a model measured as %s is not proposed", async (comparison, code) => {
  const { org, desk } = await aTaughtDesk();
  const id = await aRound(org, desk);
  await startShadowTraining(org.admin, { id });
  await rowsOf(
    db,
    sql`update trainings set report = jsonb_set(report, '{comparison}', ${comparison}::jsonb) where id = ${id}`,
  );
  await expect(proposeTraining(org.admin, { id })).rejects.toMatchObject({ kind: "conflict", code });
  expect(await getTraining(org.admin, { id })).toMatchObject({ status: "evaluated", proposed_by: null });
});

test("known answers and blind reviews are measured on and never learned from, nor anything akin to them", async () => {
  const { org, desk } = await aTaughtDesk(20);
  const gold = await aLesson(db, org, desk, { truth: "positive", subject: "kim" });
  const akin = await aLesson(db, org, desk, { truth: "positive", subject: "kim" });
  await db.insert(goldItems).values({
    id: newId("goldItem"),
    orgId: org.orgId,
    queueId: desk.queue,
    decisionId: gold,
    expected: "approve",
    source: "person",
    markedBy: "user:x",
  });
  const id = await aRound(org, desk);
  const { report, artifact } = await getTraining(org.admin, { id });
  expect(report?.known_answers).toBe(1);
  const [row] = await db
    .select({ manifest: modelArtifacts.manifest })
    .from(modelArtifacts)
    .where(eq(modelArtifacts.id, artifact?.id ?? ""));
  expect(row?.manifest.decisions).not.toContain(gold);
  expect(row?.manifest.decisions).not.toContain(akin);
});

test("what a model learned from is not measured on in the next round", async () => {
  const { org, desk, second } = await aTaughtDesk();
  const first = await aRound(org, desk);
  await startShadowTraining(org.admin, { id: first });
  await proposeTraining(org.admin, { id: first });
  await signTraining(second, { id: first });
  const learned = await db.select().from(modelArtifacts).where(eq(modelArtifacts.status, "active"));
  const before = learned.find(({ appId }) => appId === desk.app)?.manifest.decisions as string[];
  // The same customers come again: they bind groups together that were apart.
  const [one] = await db
    .select()
    .from(decisions)
    .where(eq(decisions.id, before[0] ?? ""));
  for (let at = 0; at < 10; at++)
    await aLesson(db, org, desk, { truth: "positive", subject: one?.subjectId ?? "x" });
  const { report, artifact } = await getTraining(org.admin, { id: await aRound(org, desk) });
  const [made] = await db
    .select()
    .from(modelArtifacts)
    .where(eq(modelArtifacts.id, artifact?.id ?? ""));
  expect(made?.manifest.decisions).toEqual(expect.arrayContaining(before));
  expect((report?.learned_from ?? 0) + (report?.kept_apart ?? 0)).toBe(50);
});

test("in shadow it answers every decision from then on, once, and nothing is done", async () => {
  const { org, desk } = await aTaughtDesk();
  const old = await aLesson(db, org, desk, { truth: "positive" });
  const id = await aRound(org, desk);
  const { artifact } = await startShadowTraining(org.admin, { id });
  const late = await aLesson(db, org, desk, { truth: "negative", predicted: "positive" });
  expect(await answerInShadow(org.system)).toBe(1);
  expect(await answerInShadow(org.system)).toBe(0);
  const said = await db.select().from(runs).where(eq(runs.orgId, org.orgId));
  expect(said.map((run) => [run.decisionId, run.purpose])).toEqual([[late, "shadow"]]);
  expect(said.some(({ decisionId }) => decisionId === old)).toBe(false);
  const own = await classifyWithArtifact(
    org.system,
    artifact?.id ?? "",
    "From: \nSubject: \n\nmeeting agenda",
  );
  expect(own.predicted).toBe("negative");
  const { data } = await listArtifacts(org.admin, { app: desk.app, limit: 10 });
  expect(data.find(({ status }) => status === "shadow")?.shadow).toEqual({
    answered: 1,
    same: 0,
    labelled: 1,
    own_errors: 0,
    active_errors: 1,
  });
});

test("of two who ask at once one begins, and a round whose worker died is done anew by another, to the same model", async () => {
  const { org, desk } = await aTaughtDesk();
  const both = await Promise.allSettled(
    [1, 2].map(() => startTraining(org.admin, { app: desk.app, type: desk.type, sources })),
  );
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "training_under_way" },
  });
  // A worker that took it and died: its lease is over.
  await rowsOf(
    db,
    sql`update trainings set status = 'running', lease_until = now() - interval '1 second' where org_id = ${org.orgId}`,
  );
  const racers = await Promise.all([runTrainings(org.system), runTrainings(org.system)]);
  expect(racers.filter((done) => done === 1)).toHaveLength(1);
  const [first] = await db.select().from(trainings).where(eq(trainings.orgId, org.orgId));
  expect(first?.status).toBe("evaluated");
  await declineTraining(org.admin, { id: first?.id ?? "" });
  await aRound(org, desk);
  const made = await db
    .select({ sha256: modelArtifacts.sha256, version: modelArtifacts.version })
    .from(modelArtifacts)
    .where(eq(modelArtifacts.orgId, org.orgId));
  const [two, three] = made.filter(({ version }) => version > 1);
  expect(two?.sha256).toBe(three?.sha256);
});

test("a model measured against one that is no longer in force is not signed", async () => {
  const { org, desk, second } = await aTaughtDesk();
  const [slow, quick] = [await aRound(org, desk), await aRound(org, desk)];
  await startShadowTraining(org.admin, { id: slow });
  await proposeTraining(org.admin, { id: slow });
  await startShadowTraining(org.admin, { id: quick });
  await proposeTraining(org.admin, { id: quick });
  await signTraining(second, { id: quick });
  await expect(signTraining(second, { id: slow })).rejects.toMatchObject({ code: "training_not_there" });
});

test("nobody writes a signature past the rule, and no trained model is changed", async () => {
  const { org, desk, artifact } = await aTaughtDesk();
  const id = await aRound(org, desk);
  await expect(
    rowsOf(
      db,
      sql`update trainings set status = 'signed', signed_by = 'user:x', signed_at = now() where id = ${id}`,
    ),
  ).rejects.toThrow();
  await expect(
    rowsOf(db, sql`update model_artifacts set content = '"x"'::jsonb where id = ${artifact.id}`),
  ).rejects.toThrow();
});

test("too few labels end in a sentence, and a reviewer or another organisation sees nothing of it", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  const { id } = await startTraining(org.admin, { app: desk.app, type: desk.type, sources });
  await runTrainings(org.system);
  expect(await getTraining(org.admin, { id })).toMatchObject({
    status: "failed",
    error: expect.stringContaining("too few labels"),
  });
  await expect(getTraining(org.reviewer, { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(getTraining((await anOrg(db)).admin, { id })).rejects.toMatchObject({ kind: "not_found" });
});
