import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ReplayView } from "../replay-views";
import { replayView, requirePerson } from "./rows-of-replay";

/** One replay with its progress and, once it is done, its result. Throws `not_found`. */
export async function getReplay(ctx: Context, { replay }: { replay: string }): Promise<ReplayView> {
  authorize(ctx, "replays.read");
  requirePerson(ctx);
  return replayView(ctx, replay);
}
