import { eq } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import { EmailConnector } from "@/lib/apps/connector-config";
import { sendMail } from "@/lib/execution/server/connectors/send-mail";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { origin } from "@/lib/server/origin";
import { allowedPrivateHosts } from "@/lib/server/safe-fetch";
import { oneLine, slackOf, type Told } from "../compose";
import { mailServer, openChannelSecret } from "./channel-rows";
import { postStrictly, type Sent } from "./post-strictly";
import { mailFor, testMessage, type Due } from "./message-of";
import { sendSigned } from "./send-signed";

const timeoutMs = 15_000;

/** Tries to send one message. Never throws for what the other side does. */
export async function sendMessage(ctx: Context, due: Due): Promise<Sent> {
  authorize(ctx, "system.run");
  try {
    if (due.kind === "webhook") return await sendSigned(ctx, due);
    return due.kind === "email" ? await byMail(ctx, due) : await byWebhook(ctx, due);
  } catch (error) {
    return { outcome: "failed", error: sentence(error instanceof Error ? error.message : String(error)) };
  }
}

async function byMail(ctx: Context, due: Due): Promise<Sent> {
  const mail = await mailFor(ctx, due);
  if ("nobody" in mail) return { outcome: "dropped", why: mail.nobody };
  const server = await mailServer(ctx);
  if (!server) return { outcome: "failed", error: "There is no mail server, or it is switched off" };
  const { config, secret } = server;
  const domain = config.from.slice(config.from.lastIndexOf("@") + 1);
  const answer = await sendMail({
    connector: EmailConnector.parse({ ...config, timeout_ms: timeoutMs }),
    secret,
    allowedPrivateHosts: allowedPrivateHosts(),
    mayWrite: () => true,
    request: {
      method: "SMTP",
      origin: `smtp://${config.host}:${config.port}`,
      path: "",
      headers: {
        from: `"Countersign" <${config.from}>`,
        to: mail.to,
        subject: mail.subject,
        // The same on every try: a reader that gets it twice can tell.
        "message-id": `<${due.id}@${domain}>`,
      },
      body: mail.text,
      actionKey: due.id,
    },
  });
  if (answer.kind !== "response") return { outcome: "failed", error: sentence(answer.error) };
  if (answer.status >= 300) {
    return {
      outcome: "failed",
      error: sentence(`The mail server refused: ${JSON.stringify(answer.body["response"] ?? answer.status)}`),
    };
  }
  return { outcome: "sent" };
}

async function byWebhook(ctx: Context, due: Due): Promise<Sent> {
  const [row] = await ctx.db
    .select()
    .from(notificationChannels)
    .where(eq(notificationChannels.id, due.channel_id ?? ""));
  if (!row || row.orgId !== ctx.orgId) return { outcome: "dropped", why: "The channel is gone" };
  if (!row.enabled && due.content["test"] !== true)
    return { outcome: "dropped", why: "The channel is switched off" };
  const secret = openChannelSecret(row);
  if (secret === null) return { outcome: "failed", error: "The channel has no address" };
  return postStrictly(secret, {
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(slackOf(toldOf(due), { origin: origin() })),
  });
}

function toldOf({ content }: Due): Told {
  if (content["test"] === true) return testMessage;
  const { title, body, href } = content;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { title: text(title), body: text(body), href: text(href) };
}

// What the other side says is shown to admins: one line of it. The address of a webhook is a secret and in none.
function sentence(text: string): string {
  return oneLine(text, 300);
}
