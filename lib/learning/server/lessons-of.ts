import { createHmac } from "node:crypto";
import { findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { maskTexts } from "@/lib/models/mask-messages";
import { loadVersion } from "@/lib/prompts/server/version-rows";
import { fillTemplate } from "@/lib/prompts/template";
import type { PromptMessage } from "@/lib/prompts/vocabulary";
import type { Context } from "@/lib/server/context";
import type { JsonObject } from "@/lib/kernel/json";
import { changeStrings, plainPrompt, type Answer, type Lesson } from "../lines";
import type { LessonRow, LessonScope } from "./lesson-rows";

/** Makes a row a lesson: its prompt filled, what is personal masked where that is asked for; null: the prompt does not fit it. */
export type LessonMaker = (row: LessonRow) => { lesson: Lesson; masked: number } | null;

/** How an export's rows become lessons. Throws `not_found` where its prompt version is gone. */
export async function lessonMaker(ctx: Context, exportId: string, scope: LessonScope): Promise<LessonMaker> {
  const type = await findType(ctx, scope.typeId);
  const version = scope.filter.prompt_version ? await loadVersion(ctx, scope.filter.prompt_version) : null;
  const pseudonymOf = pseudonyms(exportId);
  return (row) => {
    const prompt = version ? filled(version.version.messages, row.input) : plainPrompt(type, row.input);
    if (!prompt) return null;
    const plain = { prompt, human: humanOf(row), model: modelOf(row) };
    let masked = 0;
    const shown = scope.filter.redact
      ? changeStrings(plain, (texts) => {
          const done = maskTexts(texts);
          masked = done.masked;
          return done.texts;
        })
      : plain;
    return { lesson: { ...shown, ...aboutOf(row, pseudonymOf) }, masked };
  };
}

function aboutOf(row: LessonRow, pseudonymOf: (actor: string) => string) {
  return {
    overridden: row.truth !== row.predicted || row.edited !== null,
    confidence: row.confidence,
    metadata: {
      decision_id: row.id,
      ipw: 1 / row.pi,
      route: row.route,
      blind: row.blind,
      source: row.source,
      labeller: pseudonymOf(row.actor),
      labelled_at: row.labelled_at,
      model: row.model,
      prompt_version: row.prompt_version,
    },
  };
}

function filled(messages: readonly PromptMessage[], input: JsonObject): PromptMessage[] | null {
  try {
    return fillTemplate(messages, input);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function humanOf({ truth, edited, arguments: given }: LessonRow): Answer {
  return { predicted: truth, arguments: truth === "positive" ? (edited ?? given) : {} };
}

function modelOf({ predicted, arguments: given }: LessonRow): Answer {
  return { predicted, arguments: predicted === "positive" ? given : {} };
}

// Keyed, so that knowing a person's id does not give the pseudonym away; of one export, so that two cannot be laid together.
function pseudonyms(exportId: string): (actor: string) => string {
  const secret = process.env.COUNTERSIGN_AUDIT_SECRET;
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: labellers cannot be given pseudonyms");
  return (actor) =>
    `labeller-${createHmac("sha256", secret).update(`labeller:${exportId}:${actor}`).digest("hex").slice(0, 16)}`;
}
