import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";

type Row = typeof schema.feedback.$inferInsert;

/** One word of an auditor on a decision, as it lies in the table. */
export async function aWord(
  db: Database,
  { orgId }: TestOrg,
  decisionId: string,
  said: Partial<Row>,
): Promise<string> {
  const id = newId("feedback");
  const row = { id, orgId, decisionId, source: "auditor" as const, actor: "user:a", requestHash: "0" };
  await db.insert(schema.feedback).values({ ...row, ...said });
  return id;
}

/** The arguments an auditor says were right. */
export const aCorrection = (
  db: Database,
  org: TestOrg,
  decisionId: string,
  correction: JsonObject,
  said: Partial<Row> = {},
): Promise<string> => aWord(db, org, decisionId, { correction, ...said });
