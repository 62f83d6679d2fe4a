import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";

/** The pace of the demo's stream, which anybody signed in may change. */
export const DemoControls = z.object({
  paused: z.boolean(),
  per_minute: z.int().min(1).max(600).describe("Messages a minute"),
});
export type DemoControls = z.output<typeof DemoControls>;

export const defaultDemoControls: DemoControls = { paused: false, per_minute: 40 };

export const getDemoEndpoint = endpoint({
  id: "getDemo",
  method: "GET",
  path: "/api/v1/demo",
  tag: "Demo",
  summary: "Get the pace of the demo's stream",
  security: "key",
  response: DemoControls,
  status: 200,
});
export const setDemoEndpoint = endpoint({
  id: "setDemo",
  method: "PUT",
  path: "/api/v1/demo",
  tag: "Demo",
  summary: "Pause the demo's stream or change its pace",
  security: "key",
  body: DemoControls,
  response: DemoControls,
  status: 200,
  problems: { 404: "This installation holds no demo", 422: "The pace is not a whole number from 1 to 600" },
});
export const demoEndpoints = [getDemoEndpoint, setDemoEndpoint];
