import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Evidence, GateWord, SetStatus } from "../proof";

type Version = {
  dataset_id: string;
  id: string | null;
  number: number | null;
  status: SetStatus | null;
  items: number | null;
  outside: number;
};

/** An experiment over a version of an issue's set. */
export type IssueExperiment = {
  id: string;
  name: string;
  status: string;
  gate: GateWord | null;
  version: number;
  is_newest: boolean;
  created_at: string;
};

export type IssueSet = Evidence & { items: number; all: IssueExperiment[] };

/** What the set of an issue holds and what was tried over it; later rooms' tables are read, nothing of theirs is written. */
export async function listProof(ctx: Context, { id }: { id: string }): Promise<IssueSet> {
  authorize(ctx, "discrepancies.read");
  const [version] = await rowsOf<Version>(
    ctx.db,
    sql`select i.dataset_id, v.id, v.version as number, v.status, v.items,
        (select count(*)::int from discrepancies x where x.issue_id = i.id and x.status = 'confirmed'
            and not coalesce(v.source -> 'ids' @> to_jsonb(x.decision_id), false) and not exists (select 1 from dataset_items m where m.version_id = v.id and m.decision_id = x.decision_id)) as outside
      from issues i left join lateral (select * from dataset_versions v where v.dataset_id = i.dataset_id
        order by v.version desc limit 1) v on true
      where i.id = ${id} and i.org_id = ${ctx.orgId} and i.dataset_id is not null`,
  );
  if (!version) return { datasetId: null, version: null, outside: 0, experiments: [], items: 0, all: [] };
  const all = await readExperiments(ctx, version.dataset_id, version.id);
  const { id: versionId, number, status } = version;
  return {
    datasetId: version.dataset_id,
    version:
      versionId !== null && number !== null && status !== null ? { id: versionId, number, status } : null,
    outside: version.outside,
    experiments: all.filter(({ is_newest }) => is_newest),
    items: version.items ?? 0,
    all,
  };
}

// One over a part of a version proves nothing of the rest: `is_newest` is said of those over the whole newest one.
function readExperiments(
  ctx: Context,
  datasetId: string,
  versionId: string | null,
): Promise<IssueExperiment[]> {
  return rowsOf<IssueExperiment>(
    ctx.db,
    sql`select e.id, e.name, e.status, e.gate, v.version,
        v.id is not distinct from ${versionId} and (e.split is null or not exists
          (select 1 from dataset_items m where m.version_id = v.id and m.split <> e.split)) as is_newest,
        to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from experiments e join dataset_versions v on v.id = e.dataset_version_id
      where v.dataset_id = ${datasetId} and e.org_id = ${ctx.orgId} order by e.id desc limit 50`,
  );
}
