import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";

/** True of a decision (alias `d`) whose input has this value of a segment (`region:north`) that its type declares. */
export function inSegment(ctx: Context, type: string | undefined, segment: string): SQL {
  const [key, value] = [segment.slice(0, segment.indexOf(":")), segment.slice(segment.indexOf(":") + 1)];
  // The pointer of the segment is looked up once; RFC 6901 spells / and ~ in a name as ~1 and ~0.
  const path = sql`(select array(select replace(replace(part, '~1', '/'), '~0', '~')
      from unnest(string_to_array(substr(s->>'pointer', 2), '/')) with ordinality parts (part, place) order by place)
    from decision_types t, jsonb_array_elements(t.segments) s
    where t.org_id = ${ctx.orgId} and (t.key = ${type ?? ""} or t.id = ${type ?? ""}) and s->>'key' = ${key} limit 1)`;
  return sql`d.input #>> ${path} = ${value}`;
}
