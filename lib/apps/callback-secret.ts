import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";

const Secret = z
  .string()
  .max(200)
  .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "whsec_ and at least 24 bytes in base64");

export const CallbackSecretBody = z.strictObject({
  secret: Secret.optional().describe("One of the target's own; left out, a new one is made and shown once"),
  keep_previous: z
    .boolean()
    .default(true)
    .describe("The one before stays good beside it, until the next change"),
});
const ConnectorRef = z.object({
  connector: z.string().min(1).max(100).describe("Id or key of the connector"),
});
export const SetCallbackSecret = ConnectorRef.extend(CallbackSecretBody.shape);
export type SetCallbackSecret = z.output<typeof SetCallbackSecret>;

export const CallbackSecretView = z.object({
  object: z.literal("callback_secret"),
  connector_id: z.string(),
  secret: z.string().nullable().describe("Shown this once; null when you gave it yourself"),
  active: z.int().describe("How many sign now: two while one is being replaced"),
  path: z.string().describe("Where the target reports to"),
});
export type CallbackSecretView = z.output<typeof CallbackSecretView>;

export const setCallbackSecretEndpoint = endpoint({
  id: "setCallbackSecret",
  method: "POST",
  path: "/api/v1/connectors/{connector}/callback_secret",
  tag: "Connectors",
  summary: "Make or set the secret that signs what a target reports back",
  description: "Admins only. Stored encrypted and never returned again; approvals stay as they are.",
  security: "key",
  params: ConnectorRef,
  body: CallbackSecretBody,
  response: CallbackSecretView,
  status: 200,
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const callbackSecretEndpoints = [setCallbackSecretEndpoint] as const;
