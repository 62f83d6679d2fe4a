import type { Database } from "@/db/client";
import { firstLessons, trainMailClassifier } from "@/demo/mail/classifier";
import { loadMessages, type Mail } from "@/demo/mail/messages";
import { answerBlind } from "@/lib/audits/server/answer-blind";
import { claimNextAudit } from "@/lib/audits/server/claim-next-audit";
import { judgeAudit } from "@/lib/audits/server/judge-audit";
import { openDueAudits } from "@/lib/audits/server/open-due-audits";
import { Submission } from "@/lib/decisions/schema";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import { compareModels, type Comparison } from "@/lib/learning/compare";
import { answerInShadow } from "@/lib/learning/server/answer-in-shadow";
import { getActiveArtifact } from "@/lib/learning/server/get-active-artifact";
import { proposeTraining } from "@/lib/learning/server/propose-training";
import { runTrainings } from "@/lib/learning/server/run-trainings";
import { signTraining } from "@/lib/learning/server/sign-training";
import { startShadowTraining } from "@/lib/learning/server/start-shadow-training";
import { startTraining } from "@/lib/learning/server/start-training";
import { getTraining } from "@/lib/learning/server/list-trainings";
import { storeArtifact } from "@/lib/learning/server/store-artifact";
import { loadClassifier, type LocalClassifier } from "@/lib/models/local-classifier";
import { mailPrompt } from "@/lib/models/mail-prompt";
import { rationaleOf } from "@/lib/models/rationale";
import { claimNextReview } from "@/lib/reviews/server/claim-next-review";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { openOffice, type Office } from "./people";

export type Round = {
  seed: number;
  /** Messages submitted, and what people said of them. */
  submitted: number;
  reviewed: number;
  audited: number;
  /** The product's own report, on the labels it kept apart. */
  reported: Comparison | null;
  /** On messages that were never submitted, from senders that never were. */
  heldOut: Comparison;
  versions: [before: string, after: string];
};

type Size = { submitted: number; heldOut: number };

/**
 * One round of learning through the product's own verbs: mail guard submits real messages, a reviewer and an auditor say
 * what each they are shown really is, a model is trained on that, tried in shadow, proposed by one admin and signed by
 * another; then the model before and the one after answer messages that never came near either.
 */
export async function learnOnce(db: Database, seed: number, size: Size): Promise<Round> {
  const { train, stream } = await loadMessages(`countersign loop ${seed}`);
  const submitted = stream.slice(0, size.submitted);
  const senders = new Set([...submitted, ...train.slice(0, firstLessons)].map(({ from }) => from));
  const heldOut = [...stream.slice(size.submitted), ...train.slice(firstLessons)]
    .filter(({ from }) => !senders.has(from))
    .slice(0, size.heldOut);
  const office = await openOffice(db, `Loop ${seed}`);
  await storeArtifact(office.system, {
    appId: office.appId,
    typeId: office.typeId,
    status: "active",
    content: trainMailClassifier(train.slice(0, firstLessons)).toJson(),
    manifest: { base: null, decisions: [], messages: firstLessons },
  });
  const before = await fetchModel(office);
  await submit(office, before, submitted);
  const truth = new Map(submitted.map((mail) => [mail.id, mail.isSpam]));
  const reviewed = await reviewAll(office, truth);
  const audited = await auditAll(office, truth);
  const reported = await retrain(office);
  const after = await fetchModel(office);
  const comparison = compareModels(heldOut.map((mail) => comparedOn(mail, before.model, after.model)));
  if (!comparison) throw new Error("no message was left to measure on");
  return {
    seed,
    submitted: submitted.length,
    reviewed,
    audited,
    reported,
    heldOut: comparison,
    versions: [before.name, after.name],
  };
}

type Fetched = { model: LocalClassifier; name: string };

async function fetchModel({ app, type }: Office): Promise<Fetched> {
  const { content, model } = await getActiveArtifact(app, { type });
  return { model: loadClassifier(content ?? ""), name: model };
}

async function submit(
  { app, type }: Office,
  { model, name }: Fetched,
  mails: readonly Mail[],
): Promise<void> {
  const submissions = mails.map((mail) => {
    const { label, confidence, telling } = model.classify(mailPrompt(mail));
    return Submission.parse({
      type,
      external_id: mail.id,
      subject: { type: "sender", id: mail.from.slice(0, 255) || "unknown" },
      input: { from: mail.from, subject: mail.subject, date: mail.date, text: mail.text },
      proposal: {
        predicted: label === "spam" ? "positive" : "negative",
        arguments: { subject: mail.subject, sender: mail.from, message_id: mail.id },
      },
      confidence,
      rationale: rationaleOf(telling),
      model: { provider: "local", name },
    });
  });
  const outcomes = await submitDecisions(
    app,
    submissions.map((submission) => ({
      actor: app.actor,
      livemode: false,
      idempotencyKey: null,
      submission,
    })),
  );
  const refused = outcomes.find((outcome) => outcome.kind === "refused");
  if (refused?.kind === "refused") throw refused.error;
}

type Truth = ReadonlyMap<string, boolean>;

/** Of what a person is shown they know what it is: they read it. */
function isSpam(truth: Truth, messageId: unknown): boolean {
  const known = truth.get(String(messageId));
  if (known === undefined) throw new Error("somebody was shown a message that was not submitted");
  return known;
}

async function reviewAll({ reviewer }: Office, truth: Truth): Promise<number> {
  for (let ruled = 0; ; ruled++) {
    const { review } = await claimNextReview({ ...reviewer, now: new Date() }, { exclude: [] });
    if (!review) return ruled;
    const ruling = isSpam(truth, review.decision.arguments.message_id)
      ? ({ verdict: "approve" } as const)
      : ({ verdict: "decline", reason_code: "wanted by the reader" } as const);
    await resolveReview({ ...reviewer, now: new Date() }, { reviewId: review.id, ruling });
  }
}

async function auditAll({ system, auditor }: Office, truth: Truth): Promise<number> {
  while ((await openDueAudits(system)).opened > 0) continue;
  for (let judged = 0; ; judged++) {
    const audit = await claimNextAudit({ ...auditor, now: new Date() }, { exclude: [] });
    if (!audit) return judged;
    const answer = isSpam(truth, audit.evidence.arguments.message_id) ? "positive" : "negative";
    const told = await answerBlind(auditor, { auditId: audit.id, answer });
    const ruling =
      told.reveal?.predicted === answer
        ? ({ judgement: "correct" } as const)
        : ({ judgement: "incorrect", cause: "inference" } as const);
    await judgeAudit(auditor, { auditId: audit.id, ruling });
  }
}

async function retrain({ system, admin, secondAdmin, appId, type }: Office): Promise<Comparison | null> {
  const { id } = await startTraining(admin, { app: appId, type, sources: ["review", "audit"] });
  while ((await runTrainings(system)) > 0) continue;
  const { status, error, report } = await getTraining(admin, { id });
  if (status !== "evaluated") throw new Error(`the training is ${status}: ${error}`);
  await startShadowTraining(admin, { id });
  await answerInShadow(system);
  await proposeTraining(admin, { id });
  await signTraining(secondAdmin, { id });
  return report?.comparison ?? null;
}

function comparedOn(mail: Mail, before: LocalClassifier, after: LocalClassifier) {
  const isWrong = (model: LocalClassifier) =>
    (model.classify(mailPrompt(mail)).label === "spam") !== mail.isSpam;
  return { group: mail.from, weight: 1, baselineWrong: isWrong(before), candidateWrong: isWrong(after) };
}
