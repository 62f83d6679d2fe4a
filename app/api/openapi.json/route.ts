import { connection } from "next/server";
import { buildOpenApi } from "@/lib/server/openapi/build-openapi";
import { origin } from "@/lib/server/origin";
import { version } from "@/package.json";
import { endpoints, tags } from "./endpoints";

export async function GET(): Promise<Response> {
  await connection(); // The address of this installation is known when it runs, not when it is built.
  return Response.json(buildOpenApi(endpoints, { version, serverUrl: origin(), tags }));
}
