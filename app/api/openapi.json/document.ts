import { buildOpenApi, type OpenApi } from "@/lib/server/openapi/build-openapi";
import { origin } from "@/lib/server/origin";
import { version } from "@/package.json";
import { endpoints, tags } from "./endpoints";

const known = new Map<string, OpenApi>();

/** The document of this installation, made once: it takes longer than all that is shown of it. */
export function apiDocument(): OpenApi {
  const serverUrl = origin();
  const document = known.get(serverUrl) ?? buildOpenApi(endpoints, { version, serverUrl, tags });
  known.set(serverUrl, document);
  return document;
}
