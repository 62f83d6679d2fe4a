import type { AuthKind } from "@/lib/apps/connector-config";
import type { JsonObject } from "@/lib/kernel/json";
import type { RenderedRequest } from "./connector";

const longestBody = 16_384;

/** A request as the attempt log keeps it: as sent, the credential named and not shown. */
export function maskRequest(request: RenderedRequest, auth: AuthKind): JsonObject {
  const { method, origin, path, headers, body } = request;
  return {
    method,
    url: origin + path,
    headers: auth === "none" ? { ...headers } : { ...headers, authorization: `${auth} [secret]` },
    body: body === null || body.length <= longestBody ? body : `${body.slice(0, longestBody)}…`,
  };
}
