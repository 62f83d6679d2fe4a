import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";

/** Bytes of one report; what it says is short. */
export const callbackBytes = 64 * 1024;

/** What a target reports of an act that we asked it for. */
export const CallbackBody = z
  .object({
    action_key: z.string().min(1).max(255).optional().describe("The key that the request carried"),
    execution_id: z.string().min(1).max(64).optional(),
    status: z.enum(["succeeded", "failed"]).describe("`failed`: nothing happened, and nothing will"),
    reference: z.string().min(1).max(255).nullable().optional().describe("Your own name for what happened"),
    result: AnyJson.optional(),
  })
  .refine((body) => body.action_key !== undefined || body.execution_id !== undefined, {
    path: ["action_key"],
    error: "names the execution: send it, or execution_id",
  });
export type CallbackBody = z.output<typeof CallbackBody>;

/** What a report did. */
export const callbackEffects = [
  "settled",
  "confirmed",
  "disputed",
  "noted",
  "unsent",
  "unknown_execution",
] as const;
export type CallbackEffect = (typeof callbackEffects)[number];

export const CallbackView = z.object({
  object: z.literal("callback"),
  id: z.string().describe("The message's webhook-id"),
  execution_id: z.string(),
  effect: z.enum(callbackEffects),
  duplicate: z.boolean().describe("True when this message was received before; it changed nothing now"),
});
export type CallbackView = z.output<typeof CallbackView>;

export const receiveCallbackEndpoint = endpoint({
  id: "receiveCallback",
  method: "POST",
  path: "/api/v1/callbacks/{connector}",
  tag: "Callbacks",
  summary: "Report what became of an act",
  description:
    "For the connected system, signed as Standard Webhooks says with the connector's callback secret. A message is taken once: send it again with the same webhook-id until it is answered 2xx.",
  security: "public",
  headers: [
    { name: "webhook-id", description: "One message's own id", required: true },
    { name: "webhook-timestamp", description: "Unix seconds; at most five minutes from now", required: true },
    { name: "webhook-signature", description: "v1,{base64 HMAC-SHA256}, apart by spaces", required: true },
  ],
  params: z.object({ connector: z.string().min(1).max(100).describe("Id or key of the connector") }),
  body: CallbackBody,
  response: CallbackView,
  status: 200,
  problems: { 401: "invalid_signature", 404: "unknown_execution", 422: "validation_failed" },
});

export const callbackEndpoints = [receiveCallbackEndpoint] as const;
