import { and, isNull } from "drizzle-orm";
import { apps } from "@/db/schema";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ListFilter } from "../inputs";
import type { AppView } from "../views";
import { pageRows } from "./page-rows";
import { readApps } from "./read-apps";

/** The organisation's apps, newest first; archived ones when asked for. */
export async function listApps(ctx: Context, filter: ListFilter): Promise<List<AppView>> {
  authorize(ctx, "apps.read");
  return pageRows("/api/v1/apps", filter, apps.id, ({ where, order, limit }) =>
    readApps(ctx, { where: and(where, filter.archived ? undefined : isNull(apps.archivedAt)), order, limit }),
  );
}
