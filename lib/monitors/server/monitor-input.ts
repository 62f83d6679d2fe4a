import { randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { isPublicAddress } from "@/lib/server/public-address";
import { allowedPrivateHosts } from "@/lib/server/safe-fetch";
import type { MonitorDraft } from "../endpoints";

/** A draft as its row holds it. Throws `not_found` and `invalid` for what it names and is not there. */
export async function columnsOf(ctx: Context, draft: MonitorDraft) {
  const app = draft.app === null ? null : await findApp(ctx, draft.app);
  const type = draft.type === null ? null : await findType(ctx, draft.type);
  await requireChannels(ctx, draft.channels);
  if (draft.webhook_url !== null) requirePublic(draft.webhook_url);
  return {
    name: draft.name,
    metric: draft.metric,
    appId: app?.id ?? null,
    typeId: type?.id ?? null,
    windowMinutes: draft.window_minutes,
    comparator: draft.comparator,
    warnAt: draft.warn_at,
    alertAt: draft.alert_at,
    minN: draft.min_n,
    forLooks: draft.for_looks,
    cooldownMinutes: draft.cooldown_minutes,
    hysteresis: draft.hysteresis,
    channels: [...new Set(draft.channels)],
    webhookUrl: draft.webhook_url,
    enabled: draft.enabled,
  };
}

export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

async function requireChannels(ctx: Context, channels: readonly string[]): Promise<void> {
  const ids = channels.filter((one) => one !== "email");
  if (ids.length === 0) return;
  const known = await ctx.db
    .select({ id: notificationChannels.id })
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.orgId, ctx.orgId),
        eq(notificationChannels.kind, "slack"),
        inArray(notificationChannels.id, ids),
      ),
    );
  const unknown = ids.find((id) => !known.some((one) => one.id === id));
  if (unknown !== undefined)
    refuse("/channels", `there is no webhook channel ${unknown}`, "Choose one that is there.");
}

// What a name resolves to is asked at each send, for names change; what is plainly inside is said at once.
function requirePublic(address: string): void {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  if (allowedPrivateHosts().includes(`${url.hostname.toLowerCase()}:${port}`)) return;
  if (url.protocol !== "https:") refuse("/webhook_url", "must be an https:// address", "Use TLS.");
  if (port !== "443") refuse("/webhook_url", "must be on port 443", "Leave the port out.");
  const isLiteral = /^[\d.]+$/.test(host) || host.includes(":");
  const isInside =
    host === "localhost" || host.endsWith(".localhost") || (isLiteral && !isPublicAddress(host));
  if (isInside) refuse("/webhook_url", "is not on the public internet", "Use a public address.");
}

function refuse(pointer: string, message: string, fix: string): never {
  throw new DomainError("invalid", `The monitor was read, and is wrong: ${pointer.slice(1)} ${message}.`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, fix }],
  });
}
