import { eq } from "drizzle-orm";
import { decisions, labels } from "@/db/schema";
import type { Database } from "@/db/client";
import { aDecision, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { LabelSource, Prediction, Truth } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { trainClassifier } from "@/lib/models/local-classifier";
import { storeArtifact } from "./store-artifact";

const about = { positive: "cheap pills offer", negative: "minutes meeting agenda" } as const;

export type Lesson = {
  truth: Truth;
  predicted?: Prediction;
  source?: LabelSource;
  subject?: string;
  text?: string;
  pi?: number;
};

/** A decision that somebody ruled on, inserted as intake and a ruling would leave it. */
export async function aLesson(db: Database, org: TestOrg, desk: TestDesk, lesson: Lesson): Promise<string> {
  const { truth, source = "review", pi = 1 } = lesson;
  const word = newId("note").slice(-6);
  const { id } = await aDecision(db, org, desk, {
    status: truth === "positive" ? "approved" : "declined",
    route: "review",
    predicted: lesson.predicted ?? truth,
    input: { message: lesson.text ?? `${about[truth]} ${word} reach me at ann.lee@customer.example` },
    subjectType: "customer",
    subjectId: lesson.subject ?? word,
    confidence: 0.9,
    model: { name: "gpt-test" },
    promptVersion: "refunds@3",
  });
  const reviewer = org.reviewer.actor.id;
  await db.insert(labels).values({
    orgId: org.orgId,
    decisionId: id,
    source,
    truth,
    piLabel: pi,
    actor: source === "outcome" ? "key:app" : `user:${reviewer}`,
    id: newId("label"),
  });
  await db.update(decisions).set({ truth, truthSource: source, truthPi: pi }).where(eq(decisions.id, id));
  return id;
}

/** A desk with a first model in force that takes every offer for a good one. */
export async function aLearningDesk(db: Database, org: TestOrg) {
  const desk = await aRefundDesk(db, org);
  const content = trainClassifier([
    { prompt: "From: \nSubject: \n\none two three four five six", label: "spam" },
    { prompt: "From: \nSubject: \n\npills offer hello seven eight nine ten eleven", label: "ham" },
  ]).toJson();
  const artifact = await storeArtifact(org.system, {
    appId: desk.app,
    typeId: desk.type,
    status: "active",
    content,
    manifest: { base: null, decisions: [] },
  });
  return { desk, artifact };
}
