import { databaseIsReady } from "@/lib/server/readiness";

/** Readiness: the database answers, is migrated and takes writes. */
export async function GET(): Promise<Response> {
  const ready = await databaseIsReady();
  return Response.json({ status: ready ? "ready" : "unavailable" }, { status: ready ? 200 : 503 });
}
export const dynamic = "force-dynamic";
