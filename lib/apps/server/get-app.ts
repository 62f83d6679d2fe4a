import { eq } from "drizzle-orm";
import { apps } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { AppView } from "../views";
import { findApp, missing } from "./find";
import { readApps } from "./read-apps";

/** One app by id or key; throws `not_found`. */
export async function getApp(ctx: Context, input: { app: string }): Promise<AppView> {
  authorize(ctx, "apps.read");
  const { id } = await findApp(ctx, input.app);
  const [app] = await readApps(ctx, { where: eq(apps.id, id), limit: 1 });
  return app ?? missing("app", input.app);
}
