import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { MonitorView } from "../endpoints";
import { readMonitor } from "./read-monitors";

/** One monitor. Throws `not_found`. */
export async function getMonitor(ctx: Context, { monitor }: { monitor: string }): Promise<MonitorView> {
  authorize(ctx, "monitors.read");
  return readMonitor(ctx, monitor);
}
