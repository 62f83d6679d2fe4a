import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { setCallbackSecret } from "@/lib/apps/server/set-callback-secret";
import { incomingOf } from "@/lib/server/serve";
import { signWebhook } from "@/lib/server/standard-webhooks";
import { callbackBytes } from "../callback";
import { answerCallbackIn } from "./receive-callback";
import { claimOne, executionRow, somePending } from "./testing";

type Send = {
  id?: string;
  secret?: string;
  at?: number;
  headers?: Record<string, string>;
  connector?: string;
};
export const nowSeconds = () => Math.floor(Date.now() / 1000);
let messages = 0;

/** A desk whose system reports back, with one execution claimed and under way. */
export async function aReportingDesk(db: Database, connectorClass: "A" | "B" | "C" = "A") {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString("base64");
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass });
  const { secret } = await setCallbackSecret(org.admin, { connector: desk.connector, keep_previous: true });
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  const key = (await executionRow(db, id)).actionKey;
  async function report(body: object | string, send: Send = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const message = send.id ?? `msg_${(messages += 1)}`;
    const timestamp = send.at ?? nowSeconds();
    const request = new Request("http://localhost/api/v1/callbacks/x", {
      method: "POST",
      body: text,
      headers: {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signWebhook(send.secret ?? secret ?? "", { id: message, timestamp, body: text }),
        ...send.headers,
      },
    });
    const connector = send.connector ?? desk.connector;
    const {
      status,
      headers,
      body: answer,
    } = await answerCallbackIn(db, incomingOf(request, { connector }, callbackBytes));
    return { status, headers, body: JSON.parse(answer) as Record<string, unknown> };
  }
  const done = { action_key: key, status: "succeeded", reference: "re_9", result: { id: "re_9" } };
  const refused = { action_key: key, status: "failed" };
  return { org, desk, id, key, claimed, secret: secret ?? "", report, done, refused };
}

/** Cancels an execution that was not sent, and its decision, as taking it back does. */
export async function cancelUnsent(db: Database, executionId: string): Promise<void> {
  await db.execute(sql`update executions set status = 'cancelled' where id = ${executionId}`);
  await db.execute(sql`update decisions set status = 'cancelled'
    where id = (select decision_id from executions where id = ${executionId})`);
}
