import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import { recordOutcomes } from "@/lib/feedback/server/record-outcomes";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";

const shared = path.join(import.meta.dirname, "../../../../shared");
/** What a test is skipped with, or false where the reference data is there. */
export const absent = existsSync(shared) ? false : "the reference data beside the checkout is absent";

/** Rows of a file of model outputs, by the names of its columns. */
export function rowsOfFile(name: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(path.join(shared, "data/confidence", name), "utf8")
    .trim()
    .split(/\r?\n/);
  const names = (head ?? "").split(",");
  return lines.map((line) => {
    // Of the columns that are read none holds a comma; quoted ones before them are one cell.
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2] ?? "");
    return Object.fromEntries(names.map((column, at) => [column, cells[at] ?? ""]));
  });
}

/** A known answer by its name. */
export function knownAnswer<T>(name: string): T {
  const all = JSON.parse(readFileSync(path.join(shared, "vectors/vectors.json"), "utf8")) as Record<
    string,
    unknown
  >;
  return all[name] as T;
}

/** One model output; `confidence` null: it stated none. */
export type Case = {
  id: string;
  confidence: number | null;
  predicted: boolean;
  actual: boolean;
  segment?: string;
};

/** A desk whose app only watches, and whose decisions are told apart by the segment of a case. */
export async function aSharedDesk(db: Database) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy: { level: "shadow" } });
  await db
    .update(schema.decisionTypes)
    .set({ segments: [{ key: "segment", name: "Segment", pointer: "/segment" }] })
    .where(eq(schema.decisionTypes.id, desk.type));
  const key = await org.keyOf(desk.app, ["decisions:write", "feedback:write", "decisions:read"]);
  return { org, desk, key };
}

const batch = 200;

/** Submits cases in batches as an app does, in shadow, and tells what was right as a system of record does. */
export async function enter(
  { org, desk, key }: Awaited<ReturnType<typeof aSharedDesk>>,
  cases: readonly Case[],
): Promise<void> {
  for (let at = 0; at < cases.length; at += batch) {
    const part = cases.slice(at, at + batch);
    const submitted = part.map(({ id, confidence, predicted, segment }) => ({
      actor: key.actor,
      livemode: false,
      idempotencyKey: null,
      submission: Submission.parse({
        type: desk.typeKey,
        external_id: id,
        input: { message: id, ...(segment === undefined ? {} : { segment }) },
        proposal: {
          arguments: { invoice: "INV-1", amount: 1, currency: "EUR" },
          predicted: predicted ? "positive" : "negative",
        },
        ...(confidence === null ? {} : { confidence }),
      }),
    }));
    const made = await submitDecisions(org.system, submitted);
    expect(made.filter(({ kind }) => kind !== "created")).toEqual([]);
    await recordOutcomes(
      key,
      part.map(({ id, actual }) => ({
        external_id: id,
        truth: actual ? ("positive" as const) : ("negative" as const),
      })),
    );
  }
}
