import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { connectors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CallbackSecretView, SetCallbackSecret } from "../callback-secret";
import { openCallbackSecrets, sealCallbackSecrets } from "./callback-secrets";
import { findConnector } from "./find";

/**
 * Makes (or takes) the secret that signs what a connector's target reports back; the one before stays good beside it
 * unless told otherwise. A made one is in the answer, once. It is no part of what an approval signs.
 */
export async function setCallbackSecret(ctx: Context, input: SetCallbackSecret): Promise<CallbackSecretView> {
  authorize(ctx, "connectors.write");
  return inTransaction(ctx, async (ctx) => {
    const { id } = await findConnector(ctx, input.connector);
    const [locked] = await ctx.db
      .select({ sealed: connectors.callbackSecret })
      .from(connectors)
      .where(eq(connectors.id, id))
      .for("update");
    const before = input.keep_previous ? openCallbackSecrets(id, locked?.sealed ?? null) : [];
    const secret = input.secret ?? `whsec_${randomBytes(32).toString("base64")}`;
    const secrets = [...new Set([secret, ...before])].slice(0, 2);
    await ctx.db
      .update(connectors)
      .set({ callbackSecret: sealCallbackSecrets(id, secrets) })
      .where(eq(connectors.id, id));
    await record(ctx, "connector.callback_secret_set", id, { active: secrets.length });
    return {
      object: "callback_secret",
      connector_id: id,
      secret: input.secret === undefined ? secret : null,
      active: secrets.length,
      path: `/api/v1/callbacks/${id}`,
    };
  });
}
