import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { AutonomyView } from "../views";
import { findApp, findType, missing } from "./find";
import { readAutonomies } from "./read-autonomy";

/** How far an app may act alone with one decision type; throws `not_found` for an app or type that is not there. */
export async function getAutonomy(ctx: Context, input: { app: string; type: string }): Promise<AutonomyView> {
  authorize(ctx, "apps.read");
  const app = await findApp(ctx, input.app);
  const type = await findType(ctx, input.type);
  const [view] = await readAutonomies(ctx, { appId: app.id, typeId: type.id });
  return view ?? missing("decision type", input.type);
}

/** The same for every live decision type of the organisation, by key. */
export async function listAutonomies(ctx: Context, input: { app: string }): Promise<AutonomyView[]> {
  authorize(ctx, "apps.read");
  const app = await findApp(ctx, input.app);
  return readAutonomies(ctx, { appId: app.id });
}
