import { formatMoney } from "@/lib/kernel/money";
import type { HeardEvent, Members, Person } from "./heard";
import type { NoticeKind } from "./kinds";

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

/** News before it is known who hears it: whoever may. */
export type Draft = Omit<News, "to" | "decisionId" | "queue"> & { may: (person: Person) => boolean };

/** What is told each time. */
export function once(event: HeardEvent, kind: NoticeKind): Pick<Draft, "kind" | "key"> {
  return { kind, key: `${kind}:${event.id}` };
}

/** What is told once in an hour, of the same thing. */
export function hourly(
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

export const everybody = () => true;

/** Reviewers of the queue who are not kept out of the review. */
export function worksOn(event: HeardEvent, members: Members): (person: Person) => boolean {
  const mine = isIn(event, members);
  const excluded = new Set(event.review?.excluded.map(userOf));
  return (person) => person.role === "reviewer" && !excluded.has(person.id) && mine(person);
}

/** A queue without members is everybody's. */
export function isIn({ review }: HeardEvent, members: Members): (person: Person) => boolean {
  const own = review ? members.get(review.queueId) : undefined;
  return ({ id }) => own === undefined || own.has(id);
}

/** "Refund desk: Issue a refund, €18.00": names that people of ours gave, and a figure. */
export function aboutOf({ app, typeName, money }: HeardEvent): string {
  const what = [app?.name, typeName].filter(Boolean).join(": ") || "a decision";
  return money ? `${what}, ${formatMoney(money)}` : what;
}

export function hrefOf({ review, decisionId }: HeardEvent): string {
  if (review) return `/inbox/${review.id}`;
  return decisionId ? `/decisions/${decisionId}` : "/";
}

/** `user:<id>` or a bare user's id, as the id; undefined for anything else. */
export function userOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith("user:")) return value.slice("user:".length);
  return value.startsWith("usr_") ? value : undefined;
}
