import type { z } from "zod";
import type { Endpoint } from "@/lib/kernel/endpoint";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "./context";
import { problem, type Incoming } from "./handle";
import { parseWith } from "./parse";
import { incomingOf } from "./serve";

/**
 * A file on its way out: always saved, never shown by the browser as a page of ours. Without a size it is written while
 * it is sent.
 */
export type FileReply = { type: string; name: string; size?: number; body: ReadableStream<Uint8Array> };

type RouteContext = { params: Promise<Record<string, string>> };

/** As `serve`, for an endpoint that answers with a file. `name` must be of letters, digits, dots and dashes. */
export function serveFile<P extends z.ZodType>(
  endpoint: Endpoint<P>,
  contextOf: (incoming: Incoming, requestId: string) => Promise<Context>,
  verb: (ctx: Context, params: z.output<P>) => Promise<FileReply>,
) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const requestId = newId("request");
    const incoming = incomingOf(request, await route.params);
    try {
      const ctx = await contextOf(incoming, requestId);
      const params = parseWith(endpoint.params ?? noParams(), incoming.params, "/params") as z.output<P>;
      const { type, name, size, body } = await verb(ctx, params);
      return new Response(body, {
        status: endpoint.status,
        headers: {
          "Content-Type": type,
          "Content-Disposition": `attachment; filename="${name}"`,
          ...(size === undefined ? {} : { "Content-Length": String(size) }),
          "X-Content-Type-Options": "nosniff",
          "Cache-Control": "no-store",
          "Request-Id": requestId,
        },
      });
    } catch (error) {
      const failed = problem(error, requestId, incoming.url.pathname);
      return new Response(failed.body, { status: failed.status, headers: failed.headers });
    }
  };
}

function noParams(): never {
  throw new Error("An endpoint that answers with a file names it in its path");
}
