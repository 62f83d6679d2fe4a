import { sql } from "drizzle-orm";
import { stamp } from "@/lib/reviews/server/review-sql";
import type { AppealView } from "../appeals";

/** A row of {@link appealColumns}: the answer of the API but for its grouping. */
export type AppealRow = Omit<AppealView, "object" | "app" | "type"> & {
  app_id: string;
  app_name: string;
  type_id: string;
  type_name: string;
};

export const appealColumns = sql`a.id, a.decision_id, a.review_id,
  case when a.status = 'offered' and a.expires_at <= now() then 'expired' else a.status end as status,
  d.app_id, ap.name as app_name, d.type_id, t.name as type_name,
  case d.status when 'approved' then 'acted' when 'declined' then 'not_acted' else 'open' end as outcome,
  coalesce((select json_agg(json_build_object('id', u.id, 'name', u.name)) from users u
    where 'user:' || u.id in (select jsonb_array_elements_text(r.excluded))), '[]') as first_ruled_by,
  (select e.id from executions e where e.decision_id = d.id and e.status = 'succeeded' limit 1) as execution_id,
  a.statement, a.contact,
  coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size) order by f.id)
    from appeal_files f where f.appeal_id = a.id), '[]') as files,
  a.answer, ${stamp("a.expires_at")} as expires_at, ${stamp("a.submitted_at")} as submitted_at, ${stamp("coalesce(r.due_at, a.due_at)")} as due_at,
  (a.status = 'submitted' and a.due_at <= now()) as overdue, ${stamp("a.closed_at")} as closed_at, ${stamp("a.created_at")} as created_at`;

export const appealSource = sql`appeals a join decisions d on d.id = a.decision_id join apps ap on ap.id = d.app_id
  join decision_types t on t.id = d.type_id left join reviews r on r.id = a.review_id`;

/** A row as the API shows it. */
export function appealOf({ app_id, app_name, type_id, type_name, ...row }: AppealRow): AppealView {
  return {
    ...row,
    object: "appeal",
    app: { id: app_id, name: app_name },
    type: { id: type_id, name: type_name },
  };
}
