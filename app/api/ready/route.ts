import { databaseIsReady } from "@/lib/server/readiness";

/** Readiness: the database answers and is migrated. */
export async function GET(): Promise<Response> {
  const ready = await databaseIsReady();
  return Response.json({ status: ready ? "ready" : "unavailable" }, { status: ready ? 200 : 503 });
}
export const dynamic = "force-dynamic";
