import { livemode } from "@/lib/server/origin";

/** What the top bar calls this installation: real data, the demo's, or an empty one to try things in. */
export function environmentName(): "production" | "demo" | "test" {
  if (livemode()) return "production";
  return /^(off|false|0|no)$/i.test(process.env.COUNTERSIGN_DEMO ?? "") ? "test" : "demo";
}

/** True when the installation shows demo data. */
export function isDemo(): boolean {
  return environmentName() === "demo";
}
