import { and, asc, desc, eq } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { openSecret, sealSecret, type SecretPlace } from "@/lib/server/secrets";
import { ChannelConfig, MailConfig, type ChannelView, type WebhookConfig } from "../channels";

export type ChannelRow = typeof notificationChannels.$inferSelect;
export type Webhook = { id: string; config: WebhookConfig };
/** Who takes our mail, with the password in clear; null where it wants none. */
export type MailServer = { config: MailConfig; secret: string | null };

const place = (rowId: string): SecretPlace => ({ table: "notification_channels", column: "secret", rowId });

export function sealChannelSecret(channelId: string, secret: string): string {
  return sealSecret(secret, place(channelId));
}

export function openChannelSecret({ id, secret }: Pick<ChannelRow, "id" | "secret">): string | null {
  return secret === null ? null : openSecret(secret, place(id));
}

/** The webhooks that are switched on. */
export async function listWebhooks(ctx: Context): Promise<Webhook[]> {
  const rows = await ctx.db
    .select()
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.orgId, ctx.orgId),
        eq(notificationChannels.kind, "slack"),
        eq(notificationChannels.enabled, true),
      ),
    );
  return rows.flatMap(({ id, config }) => {
    const read = ChannelConfig.parse(config);
    return read.kind === "slack" ? { id, config: read } : [];
  });
}

/** The mail server in force: the one of the settings, else of the environment, else none. */
export async function mailServer(ctx: Context): Promise<MailServer | undefined> {
  const row = await mailRow(ctx);
  if (!row) return mailServerOf(process.env);
  if (!row.enabled) return undefined;
  return { config: MailConfig.parse(row.config), secret: openChannelSecret(row) };
}

export async function hasMailServer(ctx: Context): Promise<boolean> {
  const row = await mailRow(ctx);
  return row ? row.enabled : mailServerOf(process.env) !== undefined;
}

async function mailRow(ctx: Context): Promise<ChannelRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(notificationChannels)
    .where(and(eq(notificationChannels.orgId, ctx.orgId), eq(notificationChannels.kind, "email")))
    .orderBy(desc(notificationChannels.enabled), asc(notificationChannels.id))
    .limit(1);
  return row;
}

/** COUNTERSIGN_SMTP_URL (`smtp://user:password@host:587`, or smtps:// for TLS from the first byte) and COUNTERSIGN_SMTP_FROM. */
export function mailServerOf(env: NodeJS.ProcessEnv): MailServer | undefined {
  const { COUNTERSIGN_SMTP_URL: address, COUNTERSIGN_SMTP_FROM: from } = env;
  if (!address || !from || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const implicit = url.protocol === "smtps:";
  const tls = implicit ? "implicit" : url.searchParams.get("tls") === "none" ? "none" : "starttls";
  const read = MailConfig.safeParse({
    kind: "email",
    host: url.hostname,
    port: url.port || (implicit ? 465 : 587),
    tls,
    username: decodeURIComponent(url.username),
    from,
  });
  return read.success ? { config: read.data, secret: decodeURIComponent(url.password) || null } : undefined;
}

/** A row as admins see it: of a webhook's address only the host. */
export function channelOf(row: ChannelRow): ChannelView {
  return {
    id: row.id,
    object: "notification_channel",
    name: row.name,
    enabled: row.enabled,
    config: ChannelConfig.parse(row.config),
    has_secret: row.secret !== null,
    address: row.kind === "slack" ? hostOf(row) : null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

function hostOf(row: ChannelRow): string | null {
  try {
    const url = openChannelSecret(row);
    return url === null ? null : new URL(url).host;
  } catch (error) {
    // Sealed with a key that is gone: it has to be entered again, and the page has to open for that.
    if (error instanceof DomainError && error.code === "secret_unreadable") return null;
    throw error;
  }
}
