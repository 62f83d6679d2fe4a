import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

/** A line in somebody's bell. */
export const NotificationView = z.object({
  id: z.string(),
  object: z.literal("notification"),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  href: z.string().describe("A path of the console"),
  decision_id: z.string().nullable(),
  read_at: z.string().nullable(),
  created_at: z.string(),
});
export type NotificationView = z.output<typeof NotificationView>;

export const NotificationListQuery = ListQuery.extend({
  unread: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
});
export type NotificationListQuery = z.output<typeof NotificationListQuery>;

/** Some by id, or all of them up to the newest the person has seen. */
export const MarkRead = z.union([
  z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(200) }),
  z.strictObject({ up_to: z.string().max(64) }),
]);
export type MarkRead = z.output<typeof MarkRead>;

export const UnreadCount = z.object({ object: z.literal("unread_count"), unread: z.int() });
export type UnreadCount = z.output<typeof UnreadCount>;

const about = { tag: "Notifications", security: "key", status: 200 } as const;
const people = "Your own: a personal access token or a session.";

export const listNotificationsEndpoint = endpoint({
  ...about,
  id: "listNotifications",
  method: "GET",
  path: "/api/v1/notifications",
  summary: "What you were told, newest first",
  description: people,
  query: NotificationListQuery,
  response: listOf(NotificationView),
});

export const countUnreadEndpoint = endpoint({
  ...about,
  id: "countUnreadNotifications",
  method: "GET",
  path: "/api/v1/notifications/unread_count",
  summary: "How much of it you have not read",
  description: people,
  response: UnreadCount,
});

export const markReadEndpoint = endpoint({
  ...about,
  id: "markNotificationsRead",
  method: "POST",
  path: "/api/v1/notifications/read",
  summary: "Mark notifications as read",
  description: "By id, or everything up to one id. Marking again changes nothing.",
  body: MarkRead,
  response: UnreadCount,
});
