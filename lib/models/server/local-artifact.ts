import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { loadClassifier, type LocalClassifier } from "@/lib/models/local-classifier";
import { rationaleOf } from "@/lib/models/rationale";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** What a model trained here says of a text; `confidence` is its own probability of `predicted`, 0 to 1. */
export type ArtifactAnswer = { predicted: "positive" | "negative"; confidence: number; rationale: string };

/** An artifact's content never changes once it is stored, so a loaded one stays true. */
const loaded = new Map<string, LocalClassifier>();
const mostLoaded = 8;

/**
 * Asks one stored model about a text, written as it was in training (`lib/models/learning-text.ts`). Throws
 * `not_found` when this organisation has no such artifact.
 */
export async function classifyWithArtifact(
  ctx: Context,
  artifactId: string,
  text: string,
): Promise<ArtifactAnswer> {
  const classifier = await classifierOf(ctx, artifactId);
  const { label, confidence, telling } = classifier.classify(text);
  return {
    predicted: label === "spam" ? "positive" : "negative",
    confidence,
    rationale: rationaleOf(telling),
  };
}

/** The loaded model of an artifact of this organisation; throws `not_found`. */
export async function classifierOf(ctx: Context, artifactId: string): Promise<LocalClassifier> {
  const key = `${ctx.orgId}/${artifactId}`;
  const known = loaded.get(key);
  if (known) return known;
  const [artifact] = await rowsOf<{ content: string }>(
    ctx.db,
    sql`select content #>> '{}' as content from model_artifacts where id = ${artifactId} and org_id = ${ctx.orgId}`,
  );
  if (!artifact)
    throw new DomainError("not_found", "There is no trained model of this id", { code: "not_found" });
  const classifier = loadClassifier(artifact.content);
  const [oldest] = loaded.keys();
  if (loaded.size >= mostLoaded && oldest !== undefined) loaded.delete(oldest);
  loaded.set(key, classifier);
  return classifier;
}
