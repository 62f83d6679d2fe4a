import type { z } from "zod";
import type { Endpoint } from "@/lib/kernel/endpoint";
import type { Context } from "./context";
import { handle, type Incoming, type Outgoing, type Reply, type VerbInput } from "./handle";
import { jsonLimits, tooLarge } from "./read-json";

type RouteContext = { params: Promise<Record<string, string>> };

/**
 * A Next route handler from an endpoint, a way to know who calls, and a verb:
 * `export const POST = serve(submitDecisionEndpoint, apiContext, submitDecision)`.
 */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  contextOf: (incoming: Incoming, requestId: string) => Promise<Context>,
  verb: (
    ctx: Context,
    input: VerbInput<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.input<R> | Reply<z.input<R>>>,
) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const incoming = incomingOf(request, await route.params, endpoint.bodyBytes);
    const { status, headers, body } = await handle(endpoint, contextOf, verb, incoming);
    return new Response(body, { status, headers });
  };
}

/** A Next route handler around a function that answers by itself, for bodies of up to `limit` bytes. */
export function serveRaw(answer: (incoming: Incoming) => Promise<Outgoing>, limit = jsonLimits.bytes) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const { status, headers, body } = await answer(incomingOf(request, await route.params, limit));
    return new Response(body, { status, headers });
  };
}

/** A web `Request` as handlers see it. The body is read with a limit, whatever Content-Length claims. */
export function incomingOf(
  request: Request,
  params: Record<string, string>,
  limit = jsonLimits.bytes,
): Incoming {
  return {
    method: request.method,
    url: new URL(request.url),
    header: (name) => request.headers.get(name),
    params,
    body: () => readLimited(request, limit),
  };
}

async function readLimited(request: Request, limit: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    size += value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
