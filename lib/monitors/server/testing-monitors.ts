import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestOrg } from "@/db/testing-fixtures";
import { MonitorDraft } from "../endpoints";
import { createMonitor } from "./create-monitor";
import { lookAtMonitors } from "./look-at-monitors";

/** A monitor of how many decisions came in, at once in alert from `alert_at` on. */
export function aMonitor(org: TestOrg, more: Record<string, unknown> = {}) {
  return createMonitor(
    org.admin,
    MonitorDraft.parse({
      name: "Too much",
      metric: "volume",
      comparator: "above",
      alert_at: 5,
      for_looks: 1,
      window_minutes: 60,
      ...more,
    }),
  );
}

/** Looks that a minute lies between; answers how many monitors each of them looked at. */
export async function look(db: Database, org: TestOrg, times = 1): Promise<number[]> {
  const looked: number[] = [];
  for (let at = 0; at < times; at++) {
    await minutePasses(db, org);
    looked.push(await lookAtMonitors(org.system));
  }
  return looked;
}

export async function minutePasses(db: Database, org: TestOrg): Promise<void> {
  await db
    .update(schema.monitors)
    .set({ checkedAt: sql`now() - interval '61 seconds'` })
    .where(eq(schema.monitors.orgId, org.orgId));
}

/** So many decisions that are over, made so long ago. */
export async function decisionsAgo(
  db: Database,
  { org, app, type }: { org: TestOrg; app: string; type: string },
  rows: readonly {
    ago: string;
    confidence?: number;
    channel?: string;
    predicted?: "positive" | "negative";
  }[],
): Promise<void> {
  const given = rows.map((row, at) => ({
    confidence: 0.8,
    channel: "web",
    predicted: "negative",
    ...row,
    at,
  }));
  await db.execute(sql`insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, livemode,
      status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, model, prompt_version, created_at)
    select 'dec_t' || md5(random()::text || at), ${org.orgId}, ${app}, ${type}, repeat('0', 64),
      jsonb_build_object('message', repeat('x', 5 + (at % 40)), 'channel', channel), '{}', predicted, confidence, false,
      'recorded', 'shadow', '[]', 'shadow', 1, 1, 0.5, false, false, 'key:test', '{"name": "m-1"}', 'v1', now() - ago::interval
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(at int, ago text, confidence float8, channel text, predicted text)`);
}
