import { z } from "zod";
import { agentKinds } from "@/lib/policies/schema";
import { endpoint } from "@/lib/kernel/endpoint";

const Score = z.number("a number from 0 to 1").min(0, "at least 0").max(1, "at most 1");

/** Where the moderation model answers, and for which decision types it is asked. */
export const ModelAddress = z.strictObject({
  base_url: z
    .url({ protocol: /^https?$/, error: "an https:// address" })
    .max(500)
    .refine((text) => new URL(text).username === "", "an address without user name")
    .describe("OpenAI-compatible: `/moderations` is added to it"),
  model: z.string().trim().min(1, "Name the model").max(200),
  timeout_ms: z.int().min(200, "at least 200").max(5000, "at most 5000").default(2000),
  types: z
    .array(z.string().min(1).max(100))
    .min(1, "Name at least one decision type")
    .max(100)
    .describe("Keys of the decision types whose text is sent to it; no other ever is"),
});
export type ModelAddress = z.output<typeof ModelAddress>;

const Share = z
  .object({ value: z.number(), lower: z.number(), upper: z.number(), n: z.int() })
  .nullable()
  .describe("With its 95 % interval (Wilson); null: there was nothing to count");

export const MeasuredView = z.object({
  set: z
    .enum(["own", "yours"])
    .describe("own: the cases that come with the product; yours: what you gave last"),
  n: z.int(),
  found: z.int().describe("Texts in which there was something to find"),
  precision: Share,
  recall: Share,
  version: z.int().describe("Of the agent that was measured"),
  measured_at: z.string().nullable().describe("Null: just now"),
});
export type MeasuredView = z.output<typeof MeasuredView>;

export const AgentView = z.object({
  object: z.literal("moderation_agent"),
  kind: z.enum(agentKinds),
  name: z.string(),
  looks_for: z.string(),
  blind_to: z.string(),
  enabled: z.boolean(),
  version: z.int().describe("0: nobody has changed it yet"),
  categories: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      threshold: Score.nullable().describe("Score from which a person is asked; null: noted only"),
      released: Score.nullable(),
      findings_7_days: z.int(),
    }),
  ),
  floor: z.object({ precision: z.number(), recall: z.number() }).nullable(),
  measured: z.array(MeasuredView),
  decisions_7_days: z.int().describe("Decisions of the last seven days in which it saw something"),
  model: ModelAddress.extend({ has_secret: z.boolean() }).nullable(),
  updated_at: z.string().nullable(),
});
export type AgentView = z.output<typeof AgentView>;

export const AgentRef = z.object({ agent: z.enum(agentKinds) });
export const AgentPatch = z.strictObject({
  enabled: z.boolean().optional(),
  thresholds: z
    .record(z.string().max(60), Score.nullable())
    .refine((value) => Object.keys(value).length <= 50, "at most 50 categories")
    .optional()
    .describe("Those that change"),
  model: ModelAddress.optional().describe("Of the agent of kind `model` only"),
  secret: z
    .string()
    .min(1)
    .max(1000)
    .nullable()
    .optional()
    .describe("The model's key; null takes it away, absent keeps it. Never returned"),
  version: z.int().min(0).describe("The version you read; a stale one answers 412 stale_version"),
});
export const UpdateAgent = AgentRef.extend(AgentPatch.shape);
export type UpdateAgent = z.output<typeof UpdateAgent>;

export const FindingView = z.object({
  agent: z.enum(agentKinds),
  category: z.string(),
  name: z.string(),
  score: z.number(),
  start: z.int().describe("UTF-16 units"),
  end: z.int(),
  asks: z.boolean().describe("It alone would send a decision to a person"),
});
export type FindingView = z.output<typeof FindingView>;

export const TestText = z.strictObject({
  text: z.string().min(1, "Paste some text").max(20_000, "at most 20,000 characters"),
  agents: z.array(z.enum(agentKinds)).min(1).max(4).default(["pii", "prompt_injection", "toxicity"]),
});
export type TestText = z.output<typeof TestText>;
export const TestedText = z.object({ object: z.literal("moderation_test"), findings: z.array(FindingView) });
export type TestedText = z.output<typeof TestedText>;

export const mostCases = 2000;
export const MeasureBody = z.strictObject({
  cases: z
    .array(z.strictObject({ text: z.string().min(1).max(5000), label: z.boolean() }))
    .min(10, "At least 10 texts")
    .max(mostCases, "At most 2,000 texts"),
});
export const MeasureAgent = AgentRef.extend(MeasureBody.shape);
export type MeasureAgent = z.output<typeof MeasureAgent>;

const agents = { tag: "Moderation", security: "key" } as const;
export const listAgentsEndpoint = endpoint({
  ...agents,
  id: "listModerationAgents",
  method: "GET",
  path: "/api/v1/moderation/agents",
  summary: "List moderation agents",
  description: "All of them, with what was measured of each and what it saw in the last seven days.",
  response: z.object({ object: z.literal("list"), data: z.array(AgentView) }),
  status: 200,
});
export const getAgentEndpoint = endpoint({
  ...agents,
  id: "getModerationAgent",
  method: "GET",
  path: "/api/v1/moderation/agents/{agent}",
  summary: "Get a moderation agent",
  params: AgentRef,
  response: AgentView,
  status: 200,
  problems: { 404: "not_found" },
});
export const updateAgentEndpoint = endpoint({
  ...agents,
  id: "updateModerationAgent",
  method: "PATCH",
  path: "/api/v1/moderation/agents/{agent}",
  summary: "Change a moderation agent",
  description:
    "Admins only. Findings only ever send more to people: turning an agent on lets nothing more run alone.",
  params: AgentRef,
  body: AgentPatch,
  response: AgentView,
  status: 200,
  problems: { 404: "not_found", 412: "stale_version", 422: "validation_failed" },
});
export const measureAgentEndpoint = endpoint({
  ...agents,
  id: "measureModerationAgent",
  method: "POST",
  path: "/api/v1/moderation/agents/{agent}/measure",
  summary: "Measure an agent on your labelled texts",
  description: "Admins only. The counts are kept, the texts are not.",
  params: AgentRef,
  body: MeasureBody,
  response: AgentView,
  status: 200,
  problems: { 404: "not_found", 422: "validation_failed" },
});
export const testAgentsEndpoint = endpoint({
  ...agents,
  id: "testModerationAgents",
  method: "POST",
  path: "/api/v1/moderation/test",
  summary: "See what agents find in a text",
  description: "At the thresholds in force, whether they are on or off. Nothing is stored.",
  body: TestText,
  response: TestedText,
  status: 200,
  problems: { 422: "validation_failed" },
});

export const moderationEndpoints = [
  listAgentsEndpoint,
  getAgentEndpoint,
  updateAgentEndpoint,
  measureAgentEndpoint,
  testAgentsEndpoint,
];
