import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { VerbInput } from "@/lib/server/handle";
import type { ListRuns } from "../run-endpoints";
import { listRuns } from "./list-runs";

/** GET …/runs. */
export function listRunsHandler(
  ctx: Context,
  { params, query }: VerbInput<Pick<ListRuns, "app">, Omit<ListRuns, "app">, unknown>,
) {
  authorize(ctx, "runs.read");
  return listRuns(ctx, { ...params, ...query });
}
