import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { problem, type Incoming } from "@/lib/server/handle";
import { incomingOf } from "@/lib/server/serve";
import { getAppealFile } from "./get-appeal-file";

type ContextOf = (incoming: Incoming, requestId: string) => Promise<Context>;
type RouteContext = { params: Promise<Record<string, string>> };

/** A route that hands a file to staff as a download of no type: no browser shows it, whatever it holds. */
export function serveAppealFile(contextOf: ContextOf) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    const incoming = incomingOf(request, await route.params);
    const requestId = newId("request");
    try {
      const ctx = await contextOf(incoming, requestId);
      const { name, content } = await getAppealFile(ctx, { fileId: incoming.params["file"] ?? "" });
      return new Response(new Uint8Array(content), {
        headers: {
          "Content-Type": "application/octet-stream",
          "Content-Disposition": `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(name)}`,
          "X-Content-Type-Options": "nosniff",
          "Cache-Control": "no-store",
        },
      });
    } catch (error) {
      const { status, headers, body } = problem(error, requestId, incoming.url.pathname);
      return new Response(body, { status, headers });
    }
  };
}
