import { and, isNull } from "drizzle-orm";
import { decisionTypes } from "@/db/schema";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ListFilter } from "../inputs";
import type { DecisionTypeView } from "../views";
import { pageRows } from "./page-rows";
import { readTypes } from "./read-types";

/** The organisation's decision types, newest first; archived ones when asked for. */
export async function listDecisionTypes(ctx: Context, filter: ListFilter): Promise<List<DecisionTypeView>> {
  authorize(ctx, "apps.read");
  return pageRows("/api/v1/decision_types", filter, decisionTypes.id, ({ where, order, limit }) =>
    readTypes(ctx, {
      where: and(where, filter.archived ? undefined : isNull(decisionTypes.archivedAt)),
      order,
      limit,
    }),
  );
}
