import { version } from "@/package.json";

/** Liveness: this process answers. */
export function GET(): Response {
  return Response.json({ status: "ok", version });
}
export const dynamic = "force-dynamic";
