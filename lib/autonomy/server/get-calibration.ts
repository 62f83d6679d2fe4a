import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import type { Prediction } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CalibrationFilter, CalibrationView } from "../calibrations";
import type { MapKind } from "../schema";

type Row = {
  id: string;
  app: string;
  type: string;
  predicted: Prediction;
  number: number;
  kind: MapKind;
  parameters: JsonObject;
  figures: CalibrationView["figures"];
  in_force: boolean;
  created_at: string;
  retired_at: string | null;
};

/** Calibration maps, those in force and their history, newest first. Throws `not_found` for an unknown app or type. */
export async function getCalibrations(
  ctx: Context,
  query: CalibrationFilter,
): Promise<List<CalibrationView>> {
  authorize(ctx, "contracts.read");
  const { limit, starting_after: after } = query;
  const appId = appBound(ctx) ?? (query.app === undefined ? undefined : (await findApp(ctx, query.app)).id);
  const typeId = query.type === undefined ? undefined : (await findType(ctx, query.type)).id;
  const found = await rowsOf<Row>(
    ctx.db,
    sql`select m.id, a.key as app, t.key as type, m.predicted, m.number, m.kind, m.parameters, m.figures,
        m.retired_at is null as in_force, to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        to_char(m.retired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as retired_at
      from calibration_maps m join apps a on a.id = m.app_id join decision_types t on t.id = m.type_id
      where m.org_id = ${ctx.orgId} and ${appId === undefined ? sql`true` : sql`m.app_id = ${appId}`}
        and ${typeId === undefined ? sql`true` : sql`m.type_id = ${typeId}`}
        and ${query.in_force === undefined ? sql`true` : sql`m.retired_at is null`}
        and ${after === undefined ? sql`true` : sql`m.id < ${after}`}
      order by m.id desc limit ${limit + 1}`,
  );
  return {
    object: "list",
    url: "/api/v1/calibration_maps",
    has_more: found.length > limit,
    data: found.slice(0, limit).map((row) => ({ ...row, object: "calibration_map" })),
  };
}
