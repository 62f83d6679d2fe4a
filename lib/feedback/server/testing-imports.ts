import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { feedback, outcomes } from "@/db/schema";
import { anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import type { StartImport } from "../import-contract";
import type { ImportFormat } from "../imports";
import { describeImportReport } from "./describe-import-report";
import { listImportRows } from "./list-import-rows";
import { listImports } from "./list-imports";
import { runImports } from "./run-imports";
import { startImport } from "./start-import";

async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type More = { format?: ImportFormat; query?: Partial<StartImport>; size?: number };

/** Sends a file, a few bytes at a time. */
export const sendFile = (ctx: Context, text: string, { format = "csv", query, size }: More = {}) =>
  startImport(ctx, { query: { kind: "feedback", ...query }, format, file: pieces(text, size) });

/** Runs workers until none finds anything; answers the import as it stands then. */
export async function workOff(org: TestOrg, id: string) {
  for (let turns = 0; turns < 100 && (await runImports(org.system)) > 0; turns++);
  const view = (await listImports(org.admin, { query: { limit: 100 } })).data.find((one) => one.id === id);
  const rows = await listImportRows(org.admin, { params: { id }, query: { limit: 100 } });
  return { view, rows: rows.data, statuses: rows.data.map(({ status }) => status) };
}

export async function reportOf(org: TestOrg, id: string): Promise<string> {
  const { body } = await describeImportReport(org.admin, { id });
  return new Response(body).text();
}

/** What the tests of imports read of their database. */
export function importsOf(db: Database) {
  return {
    async aStory() {
      const org = await anOrg(db);
      return { org, desk: await aRefundDesk(db, org) };
    },
    said: (id: string) =>
      db.select().from(feedback).where(eq(feedback.decisionId, id)).orderBy(asc(feedback.id)),
    told: (id: string) =>
      db.select().from(outcomes).where(eq(outcomes.decisionId, id)).orderBy(asc(outcomes.id)),
  };
}
