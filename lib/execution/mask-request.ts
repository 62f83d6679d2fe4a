import type { HttpConnector } from "@/lib/apps/connector-config";
import type { JsonObject } from "@/lib/kernel/json";
import type { RenderedRequest } from "./connector";

const longestBody = 16_384;

export type Masking = Pick<HttpConnector, "auth"> & Partial<Pick<HttpConnector, "api_key" | "hmac">>;

/** A request as the attempt log keeps it: as sent, the credential named and not shown. */
export function maskRequest(request: RenderedRequest, connector: Masking): JsonObject {
  const { method, origin, path, headers, body } = request;
  const credential = maskedCredential(connector);
  return {
    method,
    url:
      origin + path + (credential.query === "" ? "" : `${path.includes("?") ? "&" : "?"}${credential.query}`),
    headers: { ...headers, ...credential.headers },
    body: shortBody(body),
  };
}

/** A body as the attempt log keeps it: at most 16 KB of it. */
export function shortBody(body: string | null): string | null {
  return body === null || body.length <= longestBody ? body : `${body.slice(0, longestBody)}…`;
}

function maskedCredential({ auth, api_key, hmac }: Masking): {
  headers: Record<string, string>;
  query: string;
} {
  switch (auth) {
    case "none":
      return { headers: {}, query: "" };
    case "bearer":
    case "basic":
      return { headers: { authorization: `${auth} [secret]` }, query: "" };
    case "oauth2":
      return { headers: { authorization: "bearer [token]" }, query: "" };
    case "hmac":
      return { headers: { [(hmac?.header ?? "x-signature").toLowerCase()]: "[signature]" }, query: "" };
    case "api_key": {
      const name = api_key?.name ?? "X-API-Key";
      return api_key?.in === "query"
        ? { headers: {}, query: `${encodeURIComponent(name)}=[secret]` }
        : { headers: { [name.toLowerCase()]: "[secret]" }, query: "" };
    }
  }
}
