import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { noticeKinds } from "./kinds";

export const digests = ["immediately", "hourly", "daily"] as const;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, like 22:00");
const TimeZone = z.string().max(64).refine(isTimeZone, "a time zone, like Europe/Berlin");

/** How and when a person is told. What they never said follows the kind's own default. */
export const Preferences = z.object({
  kinds: z
    .partialRecord(z.enum(noticeKinds), z.object({ bell: z.boolean(), email: z.boolean() }))
    .default({}),
  digest: z
    .enum(digests)
    .default("immediately")
    .describe("When mail goes out: at once, each full hour, or once a day"),
  daily_at: z
    .int()
    .min(0)
    .max(23)
    .default(8)
    .describe("The hour of a daily digest, in the person's time zone"),
  quiet: z
    .object({ from: Clock, to: Clock })
    .refine(({ from, to }) => from !== to, { path: ["to"], message: "must differ from the beginning" })
    .nullable()
    .default(null)
    .describe("No mail between these times of day; it waits for their end"),
  time_zone: TimeZone.default("UTC"),
  overdue_breaks_quiet: z
    .boolean()
    .default(false)
    .describe("What is overdue is mailed at once, quiet hours and digests aside"),
});
export type Preferences = z.output<typeof Preferences>;

/** Stored preferences as they hold now; whatever cannot be read any more is as by default. */
export function preferencesOf(stored: unknown): Preferences {
  const read = Preferences.safeParse(stored ?? {});
  return read.success ? read.data : Preferences.parse({});
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

const PreferencesView = Preferences.extend({ object: z.literal("notification_preferences") });
const about = { tag: "Notifications", security: "key", status: 200, response: PreferencesView } as const;

export const getPreferencesEndpoint = endpoint({
  ...about,
  id: "getNotificationPreferences",
  method: "GET",
  path: "/api/v1/notification_preferences",
  summary: "How and when you are told",
});

export const setPreferencesEndpoint = endpoint({
  ...about,
  id: "setNotificationPreferences",
  method: "PUT",
  path: "/api/v1/notification_preferences",
  summary: "Say how and when you are told",
  description: "Your own, as a whole: a personal access token or a session.",
  body: Preferences,
  problems: { 422: "A field is wrong" },
});
