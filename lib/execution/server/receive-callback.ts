import { sql } from "drizzle-orm";
import { systemContext } from "@/lib/identity/server/system-context";
import type { Database } from "@/db/client";
import { database } from "@/db/client";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { openCallbackSecrets } from "@/lib/apps/server/callback-secrets";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { record } from "@/lib/server/journal";
import { parseWith } from "@/lib/server/parse";
import { bodyText, parseJson, requireJsonBody } from "@/lib/server/read-json";
import { rowsOf } from "@/lib/server/rows";
import { isSignedWebhook } from "@/lib/server/standard-webhooks";
import { callbackBytes, CallbackBody, type CallbackEffect, type CallbackView } from "../callback";
import { applyEvidence, heldColumns, type HeldExecution } from "./apply-evidence";

/** Answers `POST /api/v1/callbacks/{connector}`: who may report is whoever signs with the connector's callback secret. */
export function answerCallback(incoming: Incoming): Promise<Outgoing> {
  return answerCallbackIn(database(), incoming);
}

/** {@link answerCallback} over a given database. */
export async function answerCallbackIn(db: Database, incoming: Incoming): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const text = bodyText(await incoming.body(), callbackBytes);
    const sender = await senderOf(db, incoming, text);
    requireJsonBody(incoming.header);
    const body = parseWith(CallbackBody, parseJson(text));
    const ctx: Context = { ...systemContext(db, sender.org_id, `callback:${sender.id}`), requestId };
    const messageId = incoming.header("webhook-id") ?? "";
    return json(200, await receiveCallback(ctx, { sender, messageId, body, text }), {
      "Request-Id": requestId,
    });
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

type Sender = { id: string; org_id: string; name: string };

// A connector that is not there, one without a secret and a wrong signature answer alike.
async function senderOf(db: Database, incoming: Incoming, text: string): Promise<Sender> {
  const name = incoming.params.connector ?? "";
  const found = await rowsOf<Sender & { callback_secret: string | null; now: number }>(
    db,
    sql`select id, org_id, name, callback_secret, extract(epoch from now())::float8 as now
      from connectors where id = ${name} or key = ${name} limit 2`,
  );
  const [sender] = found.length === 1 ? found : [];
  const secrets = sender ? openCallbackSecrets(sender.id, sender.callback_secret) : [];
  const headers = {
    id: incoming.header("webhook-id") ?? undefined,
    timestamp: incoming.header("webhook-timestamp") ?? undefined,
    signature: incoming.header("webhook-signature") ?? undefined,
  };
  const isPlausible = (headers.id?.length ?? 0) <= 255;
  if (!sender || !isPlausible || !isSignedWebhook(secrets, headers, text, sender.now)) {
    throw new DomainError("unauthenticated", "The signature is missing, wrong, or too old.", {
      code: "invalid_signature",
    });
  }
  return { id: sender.id, org_id: sender.org_id, name: sender.name };
}

export type Received = { sender: Sender; messageId: string; body: CallbackBody; text: string };

/**
 * Takes a report whose signature was checked, once a message. What it contradicts becomes disputed, never anything
 * else. Throws `unknown_execution` (kept all the same) and `unavailable` while another send of it is under way.
 */
export async function receiveCallback(ctx: Context, received: Received): Promise<CallbackView> {
  authorize(ctx, "system.run");
  const view = await inTransaction(ctx, (ctx) => takeOnce(ctx, received));
  if (view.effect === "unknown_execution") {
    throw new DomainError("not_found", "There is no such execution of this connector.", {
      code: "unknown_execution",
    });
  }
  return view;
}

async function takeOnce(ctx: Context, { sender, messageId, body, text }: Received): Promise<CallbackView> {
  const taken = await rowsOf(
    ctx.db,
    sql`insert into callbacks (connector_id, message_id, org_id, body, effect)
      values (${sender.id}, ${messageId}, ${ctx.orgId}, ${JSON.stringify(body)}::jsonb, 'received')
      on conflict do nothing returning message_id`,
  );
  if (taken.length === 0) return earlier(ctx, sender, messageId);
  const held = await lockNamed(ctx, sender.id, body);
  const effect = held ? await weigh(ctx, held, { sender, messageId, body, text }) : "unknown_execution";
  await rowsOf(
    ctx.db,
    sql`update callbacks set effect = ${effect}, execution_id = ${held?.id ?? null}
      where connector_id = ${sender.id} and message_id = ${messageId}`,
  );
  await record(ctx, "callback.received", held?.id ?? sender.id, { says: body.status, effect });
  return { object: "callback", id: messageId, execution_id: held?.id ?? "", effect, duplicate: false };
}

async function earlier(ctx: Context, sender: Sender, messageId: string): Promise<CallbackView> {
  const [row] = await rowsOf<{ execution_id: string | null; effect: CallbackEffect }>(
    ctx.db,
    sql`select execution_id, effect from callbacks where connector_id = ${sender.id} and message_id = ${messageId}`,
  );
  return {
    object: "callback",
    id: messageId,
    execution_id: row?.execution_id ?? "",
    effect: row?.effect ?? "noted",
    duplicate: true,
  };
}

async function lockNamed(
  ctx: Context,
  connectorId: string,
  { action_key, execution_id }: CallbackBody,
): Promise<HeldExecution | undefined> {
  const [held] = await rowsOf<HeldExecution>(
    ctx.db,
    sql`select ${heldColumns} from executions e
      where e.org_id = ${ctx.orgId} and e.connector_id = ${connectorId}
        and ${action_key === undefined ? sql`true` : sql`e.action_key = ${action_key}`}
        and ${execution_id === undefined ? sql`true` : sql`e.id = ${execution_id}`}
      for update`,
  );
  return held;
}

async function weigh(
  ctx: Context,
  held: HeldExecution,
  { sender, messageId, body, text }: Received,
): Promise<CallbackEffect> {
  const weighed = await applyEvidence(ctx, held, {
    news: body.status,
    reference: body.reference ?? null,
    result: body.result ?? null,
    source: `${sender.name} reports`,
    attempt: {
      kind: "callback",
      outcome: body.status === "succeeded" ? "succeeded" : "refused",
      request: { webhook_id: messageId },
      responseBody: text.slice(0, 16_384),
    },
  });
  if (weighed !== "too_early") return weighed;
  // Undone as a whole: the sender's next delivery finds how that send ended.
  throw new DomainError("unavailable", "Another send of it is under way; report again in a minute.", {
    code: "send_under_way",
    extra: { retry_after: 60 },
  });
}
