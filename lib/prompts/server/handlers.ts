import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { VerbInput } from "@/lib/server/handle";
import type { ListRuns } from "../run-endpoints";
import type { ListPrompts } from "../endpoints";
import { listPrompts } from "./list-prompts";
import { listRuns } from "./list-runs";

/** GET …/runs. */
export function listRunsHandler(
  ctx: Context,
  { params, query }: VerbInput<Pick<ListRuns, "app">, Omit<ListRuns, "app">, unknown>,
) {
  authorize(ctx, "runs.read");
  return listRuns(ctx, { ...params, ...query });
}

/** GET …/prompts. */
export function listPromptsHandler(
  ctx: Context,
  { params, query }: VerbInput<Pick<ListPrompts, "app">, Omit<ListPrompts, "app">, unknown>,
) {
  authorize(ctx, "prompts.read");
  return listPrompts(ctx, { ...params, ...query });
}
