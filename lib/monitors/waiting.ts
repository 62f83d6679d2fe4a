import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";

const count = z.int().min(0).describe("Counted up to a hundred or so; beyond it there is simply much");

/** How much waits for one person, by the section of the console where it is done. */
export const WaitingCounts = z.object({
  object: z.literal("waiting"),
  inbox: count,
  reconcile: count,
  audits: count,
  alerts: count,
});
export type WaitingCounts = z.output<typeof WaitingCounts>;

export const countWaitingEndpoint = endpoint({
  tag: "Notifications",
  security: "key",
  status: 200,
  id: "countWaiting",
  method: "GET",
  path: "/api/v1/waiting",
  summary: "How much waits for you",
  description:
    "Reviews to rule on, effects to settle, audits to judge, incidents nobody has taken; 0 where your role does not act. Your own: a personal access token or a session.",
  response: WaitingCounts,
});
