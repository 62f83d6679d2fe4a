import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetFilter, DatasetVersionView, DatasetView, SplitShares } from "../datasets";

/** What a version was made from, as it is stored. `until`: what came in later is not in it. */
export type StoredSource = {
  kind: "filter" | "decisions" | "import";
  filter?: DatasetFilter;
  ids?: string[];
  split: SplitShares;
  seed: string;
  until: string;
};

type VersionRow = Omit<DatasetVersionView, "object" | "source"> & { source: StoredSource };
type DatasetRow = Omit<DatasetView, "object" | "latest"> & { latest: VersionRow | null };

export const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The name of whoever `column` says did it. */
export const personName = (column: string): SQL =>
  sql`coalesce((select u.name from users u where 'user:' || u.id = ${sql.raw(column)}),
    case when ${sql.raw(column)} like 'user:%' then 'Somebody who left' else 'Countersign' end)`;

// Each split has an index of its own to be counted in.
const splitCounts = sql`json_build_object(
  'train', (select count(*)::int from dataset_items i where i.version_id = v.id and i.split = 'train' and v.status = 'ready'),
  'validation', (select count(*)::int from dataset_items i where i.version_id = v.id and i.split = 'validation'),
  'test', (select count(*)::int from dataset_items i where i.version_id = v.id and i.split = 'test'))`;

const versionColumns = sql`v.id, v.dataset_id, v.version, v.status, v.source, v.items, v.total, v.left_out, v.sha256, v.error,
  ${splitCounts} as splits, ${personName("v.created_by")} as created_by, ${stamp("v.created_at")} as created_at,
  ${stamp("v.ready_at")} as ready_at`;

/** Versions of the organisation that hold to `where` (alias `v`), the newest first. */
export async function versionViews(ctx: Context, where: SQL, limit: number): Promise<DatasetVersionView[]> {
  const rows = await rowsOf<VersionRow>(
    ctx.db,
    sql`select ${versionColumns} from dataset_versions v where v.org_id = ${ctx.orgId} and ${where}
      order by v.id desc limit ${limit}`,
  );
  return rows.map(versionView);
}

/** One version of the organisation. Throws `not_found`. */
export async function versionById(ctx: Context, id: string): Promise<DatasetVersionView> {
  const [view] = await versionViews(ctx, sql`v.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no dataset version ${id.slice(0, 64)}`);
  return view;
}

/** Datasets of the organisation that hold to `where` (alias `d`), the newest first. */
export async function datasetViews(ctx: Context, where: SQL, limit: number): Promise<DatasetView[]> {
  const rows = await rowsOf<DatasetRow>(
    ctx.db,
    sql`select d.id, a.key as app, t.key as type, d.key, d.name, d.purpose,
        ${personName("d.created_by")} as created_by, ${stamp("d.created_at")} as created_at,
        ${stamp("d.archived_at")} as archived_at,
        (select row_to_json(x) from (select ${versionColumns} from dataset_versions v where v.dataset_id = d.id
          order by v.version desc limit 1) x) as latest
      from datasets d join apps a on a.id = d.app_id join decision_types t on t.id = d.type_id
      where d.org_id = ${ctx.orgId} and ${where} order by d.id desc limit ${limit}`,
  );
  return rows.map(({ latest, ...row }) => ({
    ...row,
    object: "dataset",
    latest: latest && versionView(latest),
  }));
}

/** One dataset of the organisation, by id. Throws `not_found`. */
export async function datasetById(ctx: Context, id: string): Promise<DatasetView> {
  const [view] = await datasetViews(ctx, sql`d.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no dataset ${id.slice(0, 64)}`);
  return view;
}

function versionView({ source, ...row }: VersionRow): DatasetVersionView {
  const { kind, filter, ids, split, seed } = source;
  const about: JsonObject = { kind, split, seed };
  if (filter) about.filter = filter;
  if (ids) about.decisions = ids.length;
  return { ...row, object: "dataset_version", source: about };
}
