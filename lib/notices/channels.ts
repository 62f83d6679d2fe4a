import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { noticeKinds } from "./kinds";
import { deliveryKinds, deliveryStatuses } from "./schema";

const Name = z.string().trim().min(1, "Give it a name").max(100);

/** The server that takes our mail. */
export const MailConfig = z.object({
  kind: z.literal("email"),
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^(?=.*[a-zA-Z0-9])[a-zA-Z0-9.:_-]+$/, "a host name"),
  port: z.coerce.number().int().min(1).max(65_535).default(587),
  tls: z
    .enum(["implicit", "starttls", "none"])
    .default("starttls")
    .describe("implicit: from the first byte; none: only to hosts allowed to be private"),
  username: z.string().trim().max(300).default("").describe("Empty: no sign-in"),
  from: z.email("an e-mail address").max(254),
});
export type MailConfig = z.output<typeof MailConfig>;

/** A webhook that takes Slack's messages, and what is told there. */
export const WebhookConfig = z.object({
  kind: z.literal("slack"),
  kinds: z.array(z.enum(noticeKinds)).max(noticeKinds.length).describe("What is told here"),
  queues: z
    .array(z.string().max(100))
    .max(100)
    .default([])
    .describe("Keys of queues: only what is about them; empty: all. What is about no queue is always told"),
});
export type WebhookConfig = z.output<typeof WebhookConfig>;

export const ChannelConfig = z.discriminatedUnion("kind", [MailConfig, WebhookConfig]);
export type ChannelConfig = z.output<typeof ChannelConfig>;

const WebhookUrl = z
  .url({ protocol: /^https?$/, error: "an https:// address" })
  .max(1000)
  .refine((text) => new URL(text).username === "", "an address without user name");

/** A channel as it is to be. `secret`: the mail server's password or the webhook's address; absent keeps what is there. */
export const ChannelDraft = z
  .strictObject({
    name: Name,
    enabled: z.boolean().default(true),
    config: ChannelConfig,
    secret: z.string().max(1000).nullable().optional(),
  })
  .refine(
    ({ config, secret }) => config.kind !== "slack" || !secret || WebhookUrl.safeParse(secret).success,
    {
      path: ["secret"],
      message: "an https:// address, as Slack shows it",
    },
  );
export type ChannelDraft = z.output<typeof ChannelDraft>;

export const ChannelView = z.object({
  id: z.string(),
  object: z.literal("notification_channel"),
  name: z.string(),
  enabled: z.boolean(),
  config: ChannelConfig,
  has_secret: z.boolean(),
  /** Of a webhook, its host; the rest of its address is its secret. */
  address: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ChannelView = z.output<typeof ChannelView>;

export const DeliveryView = z.object({
  id: z.string(),
  object: z.literal("notification_delivery"),
  kind: z.enum(deliveryKinds).describe("`webhook`: signed, to a monitor's own address"),
  channel: z.object({ id: z.string(), name: z.string() }).nullable().describe("Or the monitor"),
  to: z.object({ id: z.string(), name: z.string() }).nullable().describe("The person; null: a channel"),
  about: z.string().describe("What it says, in one line"),
  status: z.enum(deliveryStatuses),
  attempts: z.int(),
  not_before: z.string(),
  error: z.string().nullable(),
  sent_at: z.string().nullable(),
  created_at: z.string(),
});
export type DeliveryView = z.output<typeof DeliveryView>;

export const DeliveryListQuery = ListQuery.extend({ status: z.enum(deliveryStatuses).optional() });
export type DeliveryListQuery = z.output<typeof DeliveryListQuery>;

export const ChannelRef = z.object({ channelId: z.string().max(64) });
export const DeliveryRef = z.object({ deliveryId: z.string().max(64) });
export const ChangeChannel = z.object({ channelId: z.string().max(64), draft: ChannelDraft });

const about = { tag: "Notifications", security: "key", status: 200 } as const;
const channel = { params: z.object({ channel: z.string().max(64) }) } as const;
const admins = "Needs a person who is admin.";
const unknown = { 404: "There is no such channel" } as const;

export const listChannelsEndpoint = endpoint({
  ...about,
  id: "listNotificationChannels",
  method: "GET",
  path: "/api/v1/notification_channels",
  summary: "Where news goes besides the bell",
  description: admins,
  query: ListQuery,
  response: listOf(ChannelView),
});

export const createChannelEndpoint = endpoint({
  ...about,
  id: "createNotificationChannel",
  method: "POST",
  path: "/api/v1/notification_channels",
  summary: "Add a mail server or a webhook",
  description: `${admins} Secrets are sealed and never shown again. There is one mail server at most.`,
  body: ChannelDraft,
  response: ChannelView,
  status: 201,
  problems: { 409: "There is a mail server already", 422: "A field is wrong" },
});

export const changeChannelEndpoint = endpoint({
  ...about,
  ...channel,
  id: "changeNotificationChannel",
  method: "PUT",
  path: "/api/v1/notification_channels/{channel}",
  summary: "Change a channel",
  description: `${admins} Without secret, the one that is there stays, unless its server is another now.`,
  body: ChannelDraft,
  response: ChannelView,
  problems: { ...unknown, 422: "A field is wrong, or the secret is needed again" },
});

export const testChannelEndpoint = endpoint({
  ...about,
  ...channel,
  id: "testNotificationChannel",
  method: "POST",
  path: "/api/v1/notification_channels/{channel}/test",
  summary: "Send a test message",
  description: `${admins} A mail goes to the caller. It is one delivery like any other.`,
  response: DeliveryView,
  status: 202,
  problems: unknown,
});

export const listDeliveriesEndpoint = endpoint({
  ...about,
  id: "listNotificationDeliveries",
  method: "GET",
  path: "/api/v1/notification_deliveries",
  summary: "What became of messages, newest first",
  description: admins,
  query: DeliveryListQuery,
  response: listOf(DeliveryView),
});

export const retryDeliveryEndpoint = endpoint({
  ...about,
  id: "retryNotificationDelivery",
  method: "POST",
  path: "/api/v1/notification_deliveries/{delivery}/retry",
  summary: "Send an undelivered message again",
  description: admins,
  params: z.object({ delivery: z.string().max(64) }),
  response: DeliveryView,
  problems: { 404: "There is no such message", 409: "It was not given up" },
});
