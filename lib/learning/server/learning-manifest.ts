import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { categoryName } from "@/lib/policies/moderation/catalogue";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { learningFiles, type LearningFile, type LearningFilter } from "../exports";
import { learningFileParts } from "./download-learning-file";
import { newSums, type Sums } from "./learning-sums";

type Job = {
  id: string;
  app_id: string;
  type_id: string;
  format: string;
  filter: LearningFilter;
  manifest: Sums | null;
  until: string;
};

/** What stands beside the files: who, what and how, and a hash of each, so that anybody can tell they are these. */
export async function manifestOf(ctx: Context, job: Job) {
  const { lines, ...sums } = job.manifest ?? newSums();
  const { test_share, redact, licence, ...filter } = job.filter;
  return {
    export: job.id,
    format: job.format,
    app: job.app_id,
    type: job.type_id,
    labels_until: job.until,
    filter,
    files: await Promise.all(
      learningFiles.map((file) => described(ctx, job.id, { file, lines: lines[file] })),
    ),
    counts: { lines: lines.train + lines.test, ...sums },
    policies: await publishedPolicies(ctx, job.app_id),
    split: {
      test_share,
      apart: ["subject", "near-duplicate text"],
      only_in_test: ["known answers", "blind reviews"],
    },
    redaction: redact
      ? {
          on: true,
          masks: "personal data, each value by a name of its own within a line",
          example: `[${categoryName("pii", "email")} 1]`,
        }
      : { on: false },
    weights:
      "metadata.ipw is 1 / the probability that a person would label the decision, set before the draw",
    licence,
  };
}

async function described(ctx: Context, id: string, { file, lines }: { file: LearningFile; lines: number }) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of learningFileParts(ctx, id, file)) {
    hash.update(part);
    bytes += part.byteLength;
  }
  return { name: `${file}.jsonl`, sha256: hash.digest("hex"), bytes, lines };
}

async function publishedPolicies(ctx: Context, appId: string) {
  return rowsOf<{ id: string; number: number; policy: string }>(
    ctx.db,
    sql`select v.id, v.number, p.name as policy from policy_versions v join policies p on p.id = v.policy_id
      where v.org_id = ${ctx.orgId} and v.status = 'published' and p.archived_at is null
        and (p.app_id is null or p.app_id = ${appId}) order by v.id`,
  );
}
