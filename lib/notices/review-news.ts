import type { HeardEvent, Members, Person } from "./heard";
import { aboutOf, type Draft, hourly, hrefOf, isIn, once, userOf, worksOn } from "./news-draft";

/** Of an assignment, the one it is for. */
export function assigned(event: HeardEvent): Draft | undefined {
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

/** Of a second approval, whoever works on its queue; of what came back, whoever had approved it. */
export function opened(event: HeardEvent, members: Members): Draft | undefined {
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
export function late(event: HeardEvent, members: Members): Draft | undefined {
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

/** Of a note, whoever it names and may read it. */
export function mentioned(event: HeardEvent, members: Members): Draft | undefined {
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

/** Of an appeal, whoever works on its queue. */
export function appealed(event: HeardEvent, members: Members): Draft {
  return {
    ...once(event, "appeal"),
    title: `Appeal: ${aboutOf(event)}`,
    body: "Somebody a decision is about asks for another look.",
    href: hrefOf(event),
    may: worksOn(event, members),
  };
}
