import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { Reply, type VerbInput } from "@/lib/server/handle";
import type { AutonomyBody } from "../inputs";
import type { AutonomyView } from "../views";
import { getAutonomy } from "./get-autonomy";
import { resume } from "./resume";
import { setAutonomy } from "./set-autonomy";
import { stop } from "./stop";

type Verb<I, O> = (ctx: Context, input: I) => Promise<O>;

/** A verb whose input is the request's body. */
export function fromBody<I, O>(verb: Verb<I, O>) {
  return (ctx: Context, { body }: VerbInput<unknown, unknown, I>) => verb(ctx, body);
}

/** A verb whose input is the request's query. */
export function fromQuery<I, O>(verb: Verb<I, O>) {
  return (ctx: Context, { query }: VerbInput<unknown, I, unknown>) => verb(ctx, query);
}

/** A verb whose input is what the path names. */
export function fromParams<I, O>(verb: Verb<I, O>) {
  return (ctx: Context, { params }: VerbInput<I, unknown, unknown>) => verb(ctx, params);
}

/** A verb whose input is what the path names and the body says. */
export function fromBoth<P extends object, B extends object, O>(verb: Verb<P & B, O>) {
  return (ctx: Context, { params, body }: VerbInput<P, unknown, B>) => verb(ctx, { ...params, ...body });
}

type Pair = { app: string; type: string };

/** GET …/autonomy/{type}, with its version as the ETag. */
export async function getAutonomyHandler(ctx: Context, { params }: VerbInput<Pair, unknown, unknown>) {
  authorize(ctx, "apps.read");
  return withVersion(await getAutonomy(ctx, params));
}

/** PUT …/autonomy/{type}. */
export async function setAutonomyHandler(
  ctx: Context,
  { params, body }: VerbInput<Pair, unknown, AutonomyBody>,
) {
  authorize(ctx, "autonomy.write");
  return withVersion(await setAutonomy(ctx, { ...params, autonomy: body }));
}

function withVersion(view: AutonomyView): Reply<AutonomyView> {
  return new Reply(view, { headers: { ETag: `"${view.version}"` } });
}

type OneApp = VerbInput<{ app: string }, unknown, { reason: string }>;

/** POST …/pause. */
export function pauseAppHandler(ctx: Context, { params, body }: OneApp) {
  return stop(ctx, { scope: "app", scope_id: params.app, reason: body.reason });
}

/** POST …/resume. */
export function resumeAppHandler(ctx: Context, { params, body }: OneApp) {
  return resume(ctx, { scope: "app", scope_id: params.app, reason: body.reason });
}
