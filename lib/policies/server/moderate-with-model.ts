import { z } from "zod";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { allowedPrivateHosts, strictAgent, strictSend, type WireAnswer } from "@/lib/server/safe-fetch";
import type { AgentInForce, PlacedText } from "../moderation/agent-in-force";
import type { ModelAddress } from "../moderation/endpoints";
import { leastNoted } from "../moderation/inspect";
import { hasCategory, settingsOf } from "../moderation/settings";
import type { Finding } from "../schema";
import { agentRows, openAgentSecret, type AgentRow } from "./agent-rows";

/** What the models among the agents said of the texts, by the agent's key. */
export type Heard = ReadonlyMap<string, readonly Finding[]>;

/** Texts sent in one question, and UTF-16 units of each: what the interface takes. */
const mostTexts = 32;
const mostUnits = 8000;

const Answer = z.object({
  results: z
    .array(
      z.object({
        flagged: z.boolean(),
        category_scores: z.record(z.string(), z.number().min(0).max(1)).optional(),
      }),
    )
    .max(mostTexts),
});

/**
 * Asks the moderation model among the agents about the texts: `POST {base_url}/moderations`, one question with all of
 * them, over the house's rules for outbound requests. Never throws for what the other side does: an error, a refusal or
 * silence is one finding of category `unavailable`, which means that a person decides. Nothing is sent for a decision
 * type that the agent's settings do not name; `typeKey` left out (a test) asks all the same.
 */
export async function moderateWithModel(
  ctx: Context,
  agents: readonly AgentInForce[],
  texts: readonly PlacedText[],
  typeKey?: string,
): Promise<Heard> {
  const agent = agents.find(({ kind }) => kind === "model");
  if (!agent) return new Map();
  authorizeSending(ctx);
  try {
    const row = (await agentRows(ctx)).get("model");
    const { model } = settingsOf("model", row?.config ?? {});
    if (!row || !model) return new Map([[agent.key, [unavailable(agent)]]]);
    if (typeKey !== undefined && !model.types.includes(typeKey)) return new Map([[agent.key, []]]);
    return new Map([[agent.key, await asked(agent, { row, model }, texts)]]);
  } catch {
    // A secret that does not open, an answer of another form: whatever it is, nothing was found out.
    return new Map([[agent.key, [unavailable(agent)]]]);
  }
}

// Intake asks for an app that submits, an admin tries it out; nobody else sends text out of the house.
function authorizeSending(ctx: Context): void {
  if (ctx.actor.kind === "system") return;
  authorize(ctx, ctx.actor.kind === "key" ? "decisions.submit" : "agents.write");
}

async function asked(
  agent: AgentInForce,
  { row, model }: { row: AgentRow; model: ModelAddress },
  texts: readonly PlacedText[],
): Promise<Finding[]> {
  if (texts.length === 0) return [];
  const sent = texts.slice(0, mostTexts).map(({ text }) => text.slice(0, mostUnits));
  const answer = await post(model, openAgentSecret(row), sent);
  if (answer.kind !== "response" || answer.status !== 200) return [unavailable(agent)];
  const { results } = Answer.parse(JSON.parse(answer.text));
  if (results.length !== sent.length) return [unavailable(agent)];
  const found = results.flatMap((result, place) => {
    const placed = texts[place];
    return placed ? findingsOf(agent, placed, result) : [];
  });
  return [...found, ...unseen(agent, texts)];
}

async function post(
  model: ModelAddress,
  secret: string | null,
  input: readonly string[],
): Promise<WireAnswer> {
  const url = new URL(`${model.base_url.replace(/\/+$/, "")}/moderations`);
  const agent = strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), connections: 1, keepAlive: false });
  try {
    return await strictSend(agent, {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Countersign",
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({ model: model.model, input }),
      timeoutMs: model.timeout_ms,
    });
  } finally {
    await agent.destroy();
  }
}

type Result = z.output<typeof Answer>["results"][number];

// What it flags without a score of ours is its own verdict: certain.
function findingsOf(agent: AgentInForce, { at, text }: PlacedText, result: Result): Finding[] {
  const place = { agent: agent.key, version: agent.version, at, start: 0, end: text.length };
  const scores = Object.entries(result.category_scores ?? {});
  const known = scores.flatMap(([category, score]): Finding[] => {
    const threshold = agent.thresholds[category] ?? 1;
    const isNoted = hasCategory("model", category) && score >= Math.min(leastNoted, threshold);
    return isNoted ? [{ ...place, category, score }] : [];
  });
  const isSaid = known.some(({ category, score }) => score >= (agent.thresholds[category] ?? Infinity));
  return result.flagged && !isSaid ? [...known, { ...place, category: "other", score: 1 }] : known;
}

// What was too long or too many for one question was not looked at.
function unseen(agent: AgentInForce, texts: readonly PlacedText[]): Finding[] {
  return texts.flatMap(({ at, text, cut = 0 }, place) => {
    const from = place < mostTexts ? Math.min(text.length, mostUnits) : 0;
    const end = text.length + cut;
    if (from === end) return [];
    return [
      { agent: agent.key, version: agent.version, category: "truncated", score: 1, at, start: from, end },
    ];
  });
}

function unavailable({ key, version }: AgentInForce): Finding {
  return { agent: key, version, category: "unavailable", score: 1, at: "", start: 0, end: 0 };
}
