import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Fixture, PolicyRule, VersionStatus } from "../schema";
import type { PolicyVersionView, PolicyView, RuleFigures } from "../views";
import { maskFor } from "./mask-for";
import { sentFixtures, sentRules } from "../wire";

type Person = { id: string; name: string };
type VersionRow = {
  id: string;
  policy_id: string;
  number: number;
  status: VersionStatus;
  rules: PolicyRule[];
  fixtures: Fixture[];
  note: string;
  edited_by: Person;
  edited_at: string;
  shadowed_at: string | null;
  published_by: Person | null;
  published_at: string | null;
  retired_at: string | null;
  asked: number;
  diverged: number;
  failed: number;
};

type Figure = { version: string; rule: string; asked: number; hits: number; failed: number };
type Row = Omit<PolicyView, "object" | "published" | "open" | "figures"> & {
  published: VersionRow | null;
  open: VersionRow | null;
  figures: Figure[] | null;
};

/** Policies (`p`) as they are shown, in the order they are asked; the caller has authorised. */
export async function readPolicies(ctx: Context, where: SQL): Promise<PolicyView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select p.id, p.key, p.name, p.description, p.position, p.version, ${personOf(sql`p.created_by`)} as created_by,
        case when a.id is not null then json_build_object('id', a.id, 'key', a.key, 'name', a.name) end as app,
        ${stamp("p.created_at")} as created_at, ${stamp("p.archived_at")} as archived_at,
        (select row_to_json(x) from (${versionsWhere(sql`v.policy_id = p.id and v.status = 'published'`)}) x) as published,
        (select row_to_json(x) from (${versionsWhere(sql`v.policy_id = p.id and v.status in ('draft', 'shadow')`)}) x) as open,
        (select json_agg(f) from (select d.version_id as version, d.rule_id as rule, sum(d.asked)::int as asked,
            sum(d.hits)::int as hits, sum(d.failed)::int as failed
          from policy_versions v join policy_days d on d.version_id = v.id
          where v.policy_id = p.id and v.status in ('shadow', 'published') and d.day > (now() at time zone 'UTC')::date - 7
          group by d.version_id, d.rule_id) f) as figures
      from policies p left join apps a on a.id = p.app_id
      where p.org_id = ${ctx.orgId} and ${where} order by p.position, p.id limit 200`,
  );
  const views = rows.map(viewOf);
  const shown = await maskFor(
    ctx,
    views.map(({ published, open }) => [published?.fixtures ?? [], open?.fixtures ?? []] as const),
  );
  return views.map(({ published, open, ...view }, at) => ({
    ...view,
    published: published && { ...published, fixtures: shown[at]?.[0] ?? [] },
    open: open && { ...open, fixtures: shown[at]?.[1] ?? [] },
  }));
}

/** One policy by id or key. Throws `not_found`. */
export async function readPolicy(ctx: Context, policy: string): Promise<PolicyView> {
  const [found] = await readPolicies(ctx, sql`${policy} in (p.id, p.key)`);
  if (!found) throw new DomainError("not_found", `There is no policy ${policy.slice(0, 100)}`);
  return found;
}

/** Versions of a policy, the newest first. */
export async function readVersions(ctx: Context, policyId: string): Promise<PolicyVersionView[]> {
  const rows = await rowsOf<VersionRow>(
    ctx.db,
    sql`${versionsWhere(sql`v.policy_id = ${policyId} and v.org_id = ${ctx.orgId}`)} order by v.number desc limit 200`,
  );
  const fixtures = await maskFor(
    ctx,
    rows.map((row) => row.fixtures),
  );
  return rows.map((row, at) => versionView({ ...row, fixtures: fixtures[at] ?? [] }));
}

function versionsWhere(where: SQL): SQL {
  return sql`select v.id, v.policy_id, v.number, v.status, v.rules, v.fixtures, v.note,
      ${personOf(sql`v.edited_by`)} as edited_by, ${stamp("v.edited_at")} as edited_at,
      ${stamp("v.shadowed_at")} as shadowed_at,
      case when v.published_by is not null then ${personOf(sql`v.published_by`)} end as published_by,
      ${stamp("v.published_at")} as published_at, ${stamp("v.retired_at")} as retired_at, v.asked, v.diverged, v.failed
    from policy_versions v where ${where}`;
}

/** RFC 3339 text straight from SQL: one format for both drivers. */
export const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

function personOf(column: SQL): SQL {
  return sql`json_build_object('id', ${column},
    'name', coalesce((select u.name from users u where 'user:' || u.id = ${column}), 'Somebody'))`;
}

function viewOf({ published, open, figures, ...row }: Row): PolicyView {
  const live = published ?? (open?.status === "shadow" ? open : null);
  return {
    ...row,
    object: "policy",
    published: published && versionView(published),
    open: open && versionView(open),
    figures: live ? live.rules.map(({ id }) => figuresOf(id, live.id, figures ?? [])) : [],
  };
}

function versionView({ rules, fixtures, asked, diverged, failed, ...row }: VersionRow): PolicyVersionView {
  return {
    ...row,
    object: "policy_version",
    rules: sentRules(rules),
    fixtures: sentFixtures(fixtures),
    shadow: { asked, diverged, failed },
  };
}

/** Decisions a rule was asked about before its never or always means anything. */
const telling = 100;

function figuresOf(rule: string, versionId: string, figures: readonly Figure[]): RuleFigures {
  const own = figures.find((each) => each.version === versionId && each.rule === rule);
  const { asked, hits, failed } = own ?? { asked: 0, hits: 0, failed: 0 };
  return { rule, asked, hits, failed, warning: warningOf({ asked, hits, failed }) };
}

function warningOf({ asked, hits, failed }: { asked: number; hits: number; failed: number }) {
  if (asked < telling) return null;
  if (failed * 20 > asked) return "fails";
  if (hits === 0) return "never_fires";
  return hits === asked ? "always_fires" : null;
}
