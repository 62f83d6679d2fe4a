import { roleMay } from "@/lib/identity/matrix";
import { isJsonObject } from "@/lib/kernel/json";
import { formatMoney } from "@/lib/kernel/money";
import { contractTitle } from "./contract-titles";
import { demotedWords } from "./demoted-words";
import { glassWords } from "./glass-words";
import type { HeardEvent, Members, Person } from "./heard";
import { noticeWords, type NoticeKind } from "./kinds";

/** One thing to tell, and to whom. Several events may be the same news: `key` says so. */
export type News = {
  kind: NoticeKind;
  /** The event's id, for what is told each time; the hour, for what is told once in it. */
  key: string;
  title: string;
  body: string;
  href: string;
  decisionId: string | null;
  /** Key of the queue it is about. */
  queue: string | null;
  to: string[];
  /** Channels that are told whatever kinds they hear: what a monitor names. */
  channels?: readonly string[];
  /** Whether it is mailed to those who want mail of its kind; a monitor may say no. */
  mail?: "yes" | "no";
};

/** Events that can be news; the others are passed over unread. */
export const newsworthy = [
  "review.assigned",
  "review.opened",
  "review.sla_warning",
  "review.escalated",
  "review.break_glass",
  "note.added",
  "audit.requested",
  "decision.execution_updated",
  "execution.disputed",
  "autonomy.paused",
  "connector.breaker_opened",
  "appeal.submitted",
  "contract.proposed",
  "contract.promoted",
  "contract.stepped_down",
  "contract.rolled_back",
  "contract.changed",
  "incident.opened",
  "incident.changed",
  "monitor.changed",
  "evaluator.demoted",
] as const;

type Draft = Omit<News, "to" | "decisionId" | "queue"> & { may: (person: Person) => boolean };

/**
 * What an event tells, and whom: people who may see it by their role and, where a queue has members, are one of them;
 * never the person who did it. Undefined when there is nobody to tell. Nothing an app or a customer wrote is in it.
 */
export function newsOf(event: HeardEvent, people: readonly Person[], members: Members): News | undefined {
  const draft = draftOf(event, members);
  if (!draft) return undefined;
  const { may, ...news } = draft;
  const by = userOf(event.data["by"]);
  const to = people
    .filter((person) => person.id !== by && roleMay(person.role, noticeWords[news.kind].needs) && may(person))
    .map(({ id }) => id);
  return to.length === 0
    ? undefined
    : { ...news, to, decisionId: event.decisionId, queue: event.review?.queueKey ?? null };
}

function draftOf(event: HeardEvent, members: Members): Draft | undefined {
  switch (event.type) {
    case "review.assigned":
      return assigned(event);
    case "review.opened":
      return opened(event, members);
    case "review.sla_warning":
    case "review.escalated":
      return late(event, members);
    case "review.break_glass":
      return { ...once(event, "break_glass"), ...glassWords(aboutOf(event), event), may: everybody };
    case "note.added":
      return mentioned(event, members);
    case "audit.requested":
      return hourly(event, "audit", "There are samples to judge", { body: "", href: "/audits" });
    case "decision.execution_updated":
    case "execution.disputed":
      return unclear(event);
    case "autonomy.paused":
    case "connector.breaker_opened":
      return stopped(event);
    case "appeal.submitted":
      return appealed(event, members);
    case "incident.opened":
    case "incident.changed":
    case "monitor.changed":
      return watched(event);
    case "evaluator.demoted":
      return { ...once(event, "evaluator"), ...demotedWords(event.subject, event.data), may: everybody };
    default:
      return contracted(event);
  }
}

function assigned(event: HeardEvent): Draft | undefined {
  const { review } = event;
  const to = userOf(event.data["to"]) ?? userOf(review?.assignedTo);
  if (!review || to === undefined) return undefined;
  const may = ({ id }: Person) => id === to;
  // A queue that shares out by itself would ring all day.
  if (event.data["reason"] === "shared_out") {
    const body = `First: ${aboutOf(event)}. Told once an hour.`;
    const told = hourly(event, "assigned", "Reviews were assigned to you", { body, href: "/inbox?tab=mine" });
    return { ...told, may };
  }
  const title = `Assigned to you: ${aboutOf(event)}`;
  return { ...once(event, "assigned"), title, body: "", href: hrefOf(event), may };
}

const returns = ["changed", "over_budget", "lapsed"];

function opened(event: HeardEvent, members: Members): Draft | undefined {
  const { review } = event;
  if (review?.kind === "second") {
    const title = `Second approval wanted: ${aboutOf(event)}`;
    return { ...once(event, "second"), title, body: "", href: hrefOf(event), may: worksOn(event, members) };
  }
  const to = userOf(event.data["assigned_to"]);
  if (!review || to === undefined || !returns.some((reason) => reason === event.data["reason"]))
    return undefined;
  const title = `Came back to you: ${aboutOf(event)}`;
  const body = "You approved it; nothing was sent. See what differs, and decide again.";
  return { ...once(event, "returned"), title, body, href: hrefOf(event), may: ({ id }) => id === to };
}

/** Whoever holds it is told of it; else its queue, once an hour however many there are. */
function late(event: HeardEvent, members: Members): Draft | undefined {
  const { review } = event;
  if (!review) return undefined;
  const isOver = event.type === "review.escalated";
  const kind = isOver ? "escalated" : "sla_warning";
  const holder = userOf(review.heldBy) ?? userOf(review.assignedTo);
  const body = isOver ? "Its time ran out." : "Half of its time is gone.";
  if (holder !== undefined && !isOver) {
    const title = `Time is running out: ${aboutOf(event)}`;
    return { ...once(event, kind), title, body, href: hrefOf(event), may: ({ id }) => id === holder };
  }
  const title = isOver ? `Overdue in ${review.queueName}` : `Time is running out in ${review.queueName}`;
  const first = `First: ${aboutOf(event)}. Told once an hour.`;
  const href = `/inbox?tab=open&queue=${encodeURIComponent(review.queueKey)}`;
  const may = worksOn(event, members);
  const told = hourly(event, kind, title, { body: first, href }, review.queueId);
  // Who leads may have to find somebody else.
  return { ...told, may: (person) => (isOver && person.role === "admin") || may(person) };
}

function mentioned(event: HeardEvent, members: Members): Draft | undefined {
  const named = (Array.isArray(event.data["mentions"]) ? event.data["mentions"] : []).map(userOf);
  if (named.length === 0) return undefined;
  const mine = isIn(event, members);
  return {
    ...once(event, "mention"),
    title: `You were mentioned: ${aboutOf(event)}`,
    body: "",
    href: hrefOf(event),
    may: (person) => named.includes(person.id) && (person.role !== "reviewer" || mine(person)),
  };
}

function unclear(event: HeardEvent): Draft | undefined {
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

function stopped(event: HeardEvent): Draft {
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

function appealed(event: HeardEvent, members: Members): Draft {
  return {
    ...once(event, "appeal"),
    title: `Appeal: ${aboutOf(event)}`,
    body: "Somebody a decision is about asks for another look.",
    href: hrefOf(event),
    may: worksOn(event, members),
  };
}

/** Admins, of what they may have to sign and of what was given or taken back; of a refusal, whoever had proposed it. */
function contracted(event: HeardEvent): Draft | undefined {
  const { did, why, proposed_by } = event.data;
  const title = contractTitle(event.type, event.data);
  if (!title || !event.app) return undefined;
  const proposer = userOf(proposed_by);
  return {
    ...once(event, "autonomy"),
    title: `${title}: ${aboutOf(event)}`,
    body: typeof why === "string" ? why : "",
    href: `/apps/${event.app.id}/contracts/${event.subject}`,
    may: did === "proposal_declined" ? ({ id }) => id === proposer : everybody,
  };
}

/** Everybody who may see monitors, of what one found; whoever wrote the event said it in words of ours. */
function watched(event: HeardEvent): Draft | undefined {
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

function once(event: HeardEvent, kind: NoticeKind): Pick<Draft, "kind" | "key"> {
  return { kind, key: `${kind}:${event.id}` };
}

function hourly(
  event: HeardEvent,
  kind: NoticeKind,
  title: string,
  more: { body: string; href: string },
  of = "",
): Draft {
  return {
    kind,
    key: `${kind}:${of}:h${Math.floor(event.atMs / 3_600_000)}`,
    title,
    ...more,
    may: everybody,
  };
}

const everybody = () => true;

/** Reviewers of the queue who are not kept out of the review. */
function worksOn(event: HeardEvent, members: Members): (person: Person) => boolean {
  const mine = isIn(event, members);
  const excluded = new Set(event.review?.excluded.map(userOf));
  return (person) => person.role === "reviewer" && !excluded.has(person.id) && mine(person);
}

/** A queue without members is everybody's. */
function isIn({ review }: HeardEvent, members: Members): (person: Person) => boolean {
  const own = review ? members.get(review.queueId) : undefined;
  return ({ id }) => own === undefined || own.has(id);
}

/** "Refund desk: Issue a refund, €18.00": names that people of ours gave, and a figure. */
function aboutOf({ app, typeName, money }: HeardEvent): string {
  const what = [app?.name, typeName].filter(Boolean).join(": ") || "a decision";
  return money ? `${what}, ${formatMoney(money)}` : what;
}

function hrefOf({ review, decisionId }: HeardEvent): string {
  if (review) return `/inbox/${review.id}`;
  return decisionId ? `/decisions/${decisionId}` : "/";
}

/** `user:<id>` or a bare user's id, as the id; undefined for anything else. */
function userOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith("user:")) return value.slice("user:".length);
  return value.startsWith("usr_") ? value : undefined;
}
