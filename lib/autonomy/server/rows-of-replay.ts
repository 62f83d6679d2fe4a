import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ReplayDraft, ReplayPeriod, ReplayResult, ReplayView } from "../replay-views";
import type { ReplayStatus } from "../schema";

/** What is stored of a draft besides its view: which type, and what a policy's rules were when it was asked for. */
export type ReplaySpec = {
  draft: ReplayDraft;
  period: ReplayPeriod;
  /** The end of the period, RFC 3339: what came in later is not replayed. */
  until: string;
  type_id: string | null;
  /** Of a threshold draft, once more at the top, where the gate looks for it. */
  thresholds?: Record<string, number | null>;
  version_id?: string;
  digest?: string;
};

type Row = {
  id: string;
  app: ReplayView["app"];
  type: ReplayView["type"];
  spec: ReplaySpec;
  status: ReplayStatus;
  done: number;
  total: number | null;
  result: ReplayResult | null;
  opened: number;
  error: string | null;
  created_by: string;
  created_at: string;
  finished_at: string | null;
};

const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The organisation's replays that hold to `where` (over alias `r`), newest first. */
export async function replayViews(ctx: Context, where: SQL, limit: number): Promise<ReplayView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select r.id, json_build_object('id', a.id, 'key', a.key, 'name', a.name) as app,
        case when t.id is not null then json_build_object('id', t.id, 'key', t.key, 'name', t.name) end as type,
        r.spec, r.status, r.done, r.total, r.result, r.error,
        (select count(*)::int from replay_flips f where f.replay_id = r.id and f.opened_at is not null) as opened,
        coalesce(u.name, 'Somebody who left') as created_by, ${stamp("r.created_at")} as created_at,
        ${stamp("r.finished_at")} as finished_at
      from replays r join apps a on a.id = r.app_id
      left join decision_types t on t.id = r.spec ->> 'type_id'
      left join users u on 'user:' || u.id = r.created_by
      where r.org_id = ${ctx.orgId} and ${where} order by r.id desc limit ${limit}`,
  );
  return rows.map(viewOf);
}

/** One replay of the organisation. Throws `not_found`. */
export async function replayView(ctx: Context, id: string): Promise<ReplayView> {
  const [view] = await replayViews(ctx, sql`r.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no replay ${id.slice(0, 64)}`);
  return view;
}

/** Only a person reads replays: they show decisions of every app. */
export function requirePerson(ctx: Context): void {
  if (ctx.actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person can do this: use a personal access token or sign in.");
}

function viewOf({ spec, ...row }: Row): ReplayView {
  const { draft, period } = spec;
  return { ...row, object: "replay", kind: draft.kind, draft, period };
}
