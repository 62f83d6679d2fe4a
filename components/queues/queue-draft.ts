import { minutesText } from "@/components/queues/queue-words";
import type { QueueOrder, TimeoutAction } from "@/lib/apps/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import type { QueueView } from "@/lib/reviews/queues";
import type { Severity } from "@/lib/reviews/schema";

/** A queue as a person types it. Empty: nothing of its own, so the autonomy or the type holds. */
export type QueueTexts = {
  name: string;
  description: string;
  rule: string;
  position: string;
  order: QueueOrder;
  leaseSeconds: string;
  undoSeconds: string;
  sla: Record<Severity, string>;
  onTimeout: TimeoutAction | "";
  escalateTo: string;
  verdicts: Verdict[];
  declineReasons: string;
  loadCap: string;
  autoAssign: boolean;
  skills: string;
  blind: string;
  gold: string;
  double: string;
  dwellSeconds: string;
  dwellAmount: string;
  hoursPerDay: string;
};

export const allVerdicts: Verdict[] = ["approve", "edit", "decline", "respond"];

const percent = (share: number) => String(Math.round(share * 1000) / 10);
const orEmpty = (value: number | null | undefined) => (value == null ? "" : String(value));

export function textsOf(queue: QueueView): QueueTexts {
  const { low, medium, high } = queue.sla_minutes;
  return {
    name: queue.name,
    description: queue.description,
    rule: queue.rule ?? "",
    position: String(queue.position),
    order: queue.order,
    leaseSeconds: String(queue.lease_seconds),
    undoSeconds: String(queue.undo_seconds),
    sla: { low: orEmpty(low), medium: orEmpty(medium), high: orEmpty(high) },
    onTimeout: queue.on_timeout ?? "",
    escalateTo: queue.escalate_to?.id ?? "",
    verdicts: queue.verdicts ?? allVerdicts,
    declineReasons: queue.decline_reasons?.join("\n") ?? "",
    loadCap: orEmpty(queue.load_cap),
    autoAssign: queue.auto_assign,
    skills: queue.skills.join(", "),
    blind: percent(queue.blind_rate),
    gold: percent(queue.gold_rate),
    double: percent(queue.double_rate),
    dwellSeconds: String(queue.dwell_seconds),
    dwellAmount: orEmpty(queue.dwell_amount),
    hoursPerDay: String(queue.hours_per_day),
  };
}

const numberOr = <T>(text: string, empty: T) => (text.trim() === "" ? empty : Number(text));
const listOf = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** What is sent: a number that is none stays one, and the server says where. */
export function patchOf(texts: QueueTexts) {
  const reasons = listOf(texts.declineReasons, /\n/);
  const share = (text: string) => numberOr(text, 0) / 100;
  return {
    name: texts.name,
    description: texts.description,
    rule: texts.rule.trim() === "" ? null : texts.rule.trim(),
    position: numberOr(texts.position, 0),
    order: texts.order,
    lease_seconds: Number(texts.leaseSeconds),
    undo_seconds: Number(texts.undoSeconds),
    sla_minutes: {
      low: numberOr(texts.sla.low, undefined),
      medium: numberOr(texts.sla.medium, undefined),
      high: numberOr(texts.sla.high, undefined),
    },
    on_timeout: texts.onTimeout === "" ? null : texts.onTimeout,
    escalate_to: texts.escalateTo === "" ? null : texts.escalateTo,
    verdicts: texts.verdicts.length === allVerdicts.length ? null : texts.verdicts,
    decline_reasons: reasons.length === 0 ? null : reasons,
    load_cap: numberOr(texts.loadCap, null),
    auto_assign: texts.autoAssign,
    skills: listOf(texts.skills, /,/),
    blind_rate: share(texts.blind),
    gold_rate: share(texts.gold),
    double_rate: share(texts.double),
    dwell_seconds: numberOr(texts.dwellSeconds, 0),
    dwell_amount: numberOr(texts.dwellAmount, null),
    hours_per_day: numberOr(texts.hoursPerDay, 6),
  };
}
export type QueueBody = ReturnType<typeof patchOf>;

/** What the settings of time mean together, in a sentence. */
export function timeSentence(
  { sla, onTimeout, escalateTo }: QueueTexts,
  nameOf: (id: string) => string,
): string {
  const own = (["high", "medium", "low"] as const).filter((severity) => sla[severity].trim() !== "");
  const times = own.map((severity) => `${severity} in ${minutesText(Number(sla[severity]))}`);
  const due =
    times.length === 0
      ? "Due as the app's autonomy says"
      : `Due: ${times.join(", ")}${own.length < 3 ? ", the rest as the autonomy says" : ""}`;
  const where =
    escalateTo === "" ? "stays here, due anew once" : `goes to ${nameOf(escalateTo)}, due by its times`;
  const then = {
    "": "what happens then is the autonomy's to say",
    decline: "then it is declined: nothing is done",
    escalate: `then it ${where}`,
    hold: "then it waits on, marked overdue",
  }[onTimeout];
  return `${due}; people are warned at half of it, and ${then}. Time never approves.`;
}
