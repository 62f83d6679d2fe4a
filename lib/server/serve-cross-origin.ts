import type { z } from "zod";
import type { Endpoint } from "@/lib/kernel/endpoint";
import type { Context } from "./context";
import { handle, type Incoming, type Reply, type VerbInput } from "./handle";
import { incomingOf } from "./serve";

type RouteContext = { params: Promise<Record<string, string>> };

const forAnySite = { "Access-Control-Allow-Origin": "*", Vary: "Origin" } as const;

/**
 * As `serve`, for an endpoint that pages of other sites call. Only for what holds all its authority in the call itself:
 * `contextOf` is not given the request, so that no cookie and no key can add to it, and no answer allows credentials.
 */
export function serveCrossOrigin<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  contextOf: (requestId: string) => Promise<Context>,
  verb: (
    ctx: Context,
    input: VerbInput<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.input<R> | Reply<z.input<R>>>,
  limit: number,
) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const incoming: Incoming = incomingOf(request, await route.params, limit);
    const context = (_: Incoming, requestId: string) => contextOf(requestId);
    const { status, headers, body } = await handle(endpoint, context, verb, incoming);
    return new Response(body, { status, headers: { ...headers, ...forAnySite } });
  };
}

/** The answer to a browser that asks before it sends: these methods, JSON, no credentials. */
export function preflight(methods: readonly string[]) {
  return (): Response =>
    new Response(null, {
      status: 204,
      headers: {
        ...forAnySite,
        "Access-Control-Allow-Methods": methods.join(", "),
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "600",
      },
    });
}
