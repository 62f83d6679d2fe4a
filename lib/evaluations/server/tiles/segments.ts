import { sql, type SQL } from "drizzle-orm";
import type { Segment } from "@/lib/apps/schema";
import { rowsOf } from "@/lib/server/rows";
import type { Window } from "../window";

export type DeclaredSegment = Segment & { typeId: string; typeName: string; typeKey: string };

/** What the types of the window tell their decisions apart by. */
export async function declaredSegments({ ctx, filter: { type } }: Window): Promise<DeclaredSegment[]> {
  return rowsOf<DeclaredSegment>(
    ctx.db,
    sql`select t.id as "typeId", t.key as "typeKey", t.name as "typeName", s->>'key' as key, s->>'name' as name, s->>'pointer' as pointer
      from decision_types t, jsonb_array_elements(t.segments) with ordinality segments (s, place)
      where t.org_id = ${ctx.orgId} and t.archived_at is null
        and ${type === undefined ? sql`true` : sql`(t.key = ${type} or t.id = ${type})`}
      order by t.name, place limit 20`,
  );
}

/** The segment's value of a decision (alias `d`) as text; null where the input has none. */
export function segmentValue({ pointer }: Pick<Segment, "pointer">): SQL {
  return sql`(d.input #>> ${sql`array[${sql.join(
    pathOf(pointer).map((part) => sql`${part}`),
    sql`, `,
  )}]::text[]`})`;
}

/** The names an RFC 6901 pointer goes through. */
export function pathOf(pointer: string): string[] {
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
