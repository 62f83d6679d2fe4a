import type { Capability } from "@/lib/identity/matrix";

/** What somebody can be told of. A kind is switched on and off as a whole, by person and by channel. */
export const noticeKinds = [
  "assigned",
  "mention",
  "second",
  "returned",
  "sla_warning",
  "escalated",
  "audit",
  "break_glass",
  "unclear",
  "stopped",
  "appeal",
  "undelivered",
  "autonomy",
  "incident",
  "monitor",
  "evaluator",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

type Kind = {
  label: string;
  sentence: string;
  /** Whoever lacks it is never told, and no longer shown what they were told before. */
  needs: Capability;
  /** Whether it is mailed to somebody who never said. */
  mailed: "yes" | "no";
};

export const noticeWords: Record<NoticeKind, Kind> = {
  assigned: {
    label: "Assigned to you",
    sentence: "A review was given to you.",
    needs: "reviews.rule",
    mailed: "yes",
  },
  mention: {
    label: "Mentions",
    sentence: "Somebody named you in a note.",
    needs: "reviews.read",
    mailed: "yes",
  },
  second: {
    label: "Second approval",
    sentence: "An approval waits for another person.",
    needs: "reviews.rule",
    mailed: "yes",
  },
  returned: {
    label: "Came back",
    sentence: "Something you approved came back before it was sent.",
    needs: "reviews.rule",
    mailed: "yes",
  },
  sla_warning: {
    label: "Time running out",
    sentence: "Half the time of a review in your queues is gone.",
    needs: "reviews.rule",
    mailed: "no",
  },
  escalated: {
    label: "Overdue",
    sentence: "A review in your queues ran over its time.",
    needs: "reviews.read",
    mailed: "yes",
  },
  audit: {
    label: "Audits",
    sentence: "There are samples to judge; told once an hour at most.",
    needs: "audits.judge",
    mailed: "no",
  },
  break_glass: {
    label: "Broken glass",
    sentence: "A lead approved alone what needs several people; an audit of it is open.",
    needs: "approval_rules.write",
    mailed: "yes",
  },
  unclear: {
    label: "Outcome unclear",
    sentence: "Nobody knows whether an act happened, or our record is contradicted.",
    needs: "executions.resolve",
    mailed: "yes",
  },
  stopped: {
    label: "Stops",
    sentence: "Automation was stopped by a person or a breaker.",
    needs: "apps.read",
    mailed: "yes",
  },
  appeal: {
    label: "Appeals",
    sentence: "Somebody a decision is about asks for another look.",
    needs: "appeals.read",
    mailed: "yes",
  },
  undelivered: {
    label: "Undelivered",
    sentence: "A message could not be delivered after all its tries.",
    needs: "notices.manage",
    mailed: "no",
  },
  autonomy: {
    label: "Autonomy",
    sentence:
      "Something waits for your signature; more autonomy or a new model came into force, or was taken back.",
    needs: "contracts.write",
    mailed: "yes",
  },
  incident: {
    label: "Alerts",
    sentence: "A monitor is beyond its alert threshold. Mailed at once, quiet hours or not.",
    needs: "monitors.read",
    mailed: "yes",
  },
  monitor: {
    label: "Warnings",
    sentence: "A monitor warns, has no data or is well again, or a drift is confirmed.",
    needs: "monitors.read",
    mailed: "yes",
  },
  evaluator: {
    label: "Evaluators",
    sentence: "An evaluator fell below its floor of agreement with people and no longer counts.",
    needs: "evaluators.write",
    mailed: "yes",
  },
};

/** True for a word of the vocabulary; rows may hold kinds of a later version. */
export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(noticeWords, text);
}
