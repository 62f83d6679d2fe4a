import { isJsonObject } from "@/lib/kernel/json";
import type { HeardEvent } from "./heard";
import { aboutOf, type Draft, everybody, hourly, once } from "./news-draft";

/** Of an act that nobody knows the end of, whoever may resolve it; once an hour for each app. */
export function unclear(event: HeardEvent): Draft | undefined {
  const isDispute = event.type === "execution.disputed";
  const { status, needs_person } = event.data;
  if (!isDispute && !(needs_person === true && (status === "unknown" || status === "dead"))) return undefined;
  const title = isDispute
    ? `Disputed: ${aboutOf(event)}`
    : status === "dead"
      ? `Given up after its tries: ${aboutOf(event)}`
      : `Nobody knows whether it happened: ${aboutOf(event)}`;
  const body = "More of this app may follow; told once an hour.";
  const kind = isDispute ? "disputed" : status === "dead" ? "dead" : "unknown";
  return hourly(event, "unclear", title, { body, href: "/reconcile" }, `${event.app?.id ?? ""}:${kind}`);
}

/** Of a stop, everybody. */
export function stopped(event: HeardEvent): Draft {
  const { reason } = event.data;
  return {
    // A breaker tells twice, of the stop and of itself.
    kind: "stopped",
    key: `stopped:${event.subject}:${Math.floor(event.atMs / 60_000)}`,
    title: `Automation is stopped: ${event.stopped ?? "everything"}`,
    body: typeof reason === "string" ? reason : "",
    href: "/apps",
    may: everybody,
  };
}

/** Of a budget that is to be raised, the other admins: whoever proposed it is not told. */
export function budgetProposed(event: HeardEvent): Draft {
  const { reason, of } = event.data;
  return {
    ...once(event, "autonomy"),
    title: `Second signature wanted: more for the budget of ${typeof of === "string" ? of : "an app"}`,
    body: typeof reason === "string" ? reason : "",
    href: "/settings/budgets",
    may: everybody,
  };
}

/** Everybody who may see monitors, of what one found; whoever wrote the event said it in words of ours. */
export function watched(event: HeardEvent): Draft | undefined {
  const { tell } = event.data;
  if (!isJsonObject(tell)) return undefined;
  const { kind, title, body, href, channels } = tell;
  if (typeof title !== "string" || typeof body !== "string" || typeof href !== "string") return undefined;
  const named = Array.isArray(channels) ? channels.filter((one) => typeof one === "string") : [];
  return {
    ...once(event, kind === "incident" ? "incident" : "monitor"),
    title,
    body,
    href,
    channels: named,
    mail: named.includes("email") ? "yes" : "no",
    may: everybody,
  };
}
