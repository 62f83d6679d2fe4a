import { roleMay } from "@/lib/identity/matrix";
import { contracted, trained } from "./autonomy-news";
import { demotedWords } from "./demoted-words";
import { glassWords } from "./glass-words";
import type { HeardEvent, Members, Person } from "./heard";
import { noticeWords } from "./kinds";
import { aboutOf, type Draft, everybody, hourly, type News, once, userOf } from "./news-draft";
import { budgetProposed, stopped, unclear, watched } from "./platform-news";
import { appealed, assigned, late, mentioned, opened } from "./review-news";

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
    case "budget.proposed":
      return budgetProposed(event);
    case "appeal.submitted":
      return appealed(event, members);
    case "incident.opened":
    case "incident.changed":
    case "monitor.changed":
      return watched(event);
    case "evaluator.demoted":
      return { ...once(event, "evaluator"), ...demotedWords(event.subject, event.data), may: everybody };
    case "training.changed":
      return trained(event);
    default:
      return contracted(event);
  }
}
