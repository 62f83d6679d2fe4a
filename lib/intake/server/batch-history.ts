import { historyKey, mostHistory, type HistoryAnswers, type HistoryAsk } from "@/lib/policies/history";
import { subjectKey, valueHash, type Subject, type SubjectHistory } from "@/lib/policies/server/read-history";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";

/** What of a decision its successors' rules may ask. */
export type Past = {
  subject: Subject | null;
  livemode: boolean;
  typeKey: string;
  money: Money | null;
  arguments: JsonObject;
};

/**
 * The history of a set of submissions: what the database had of their subjects, and what came before each of them in
 * the set itself. `remember` every one in order, after it was asked about.
 */
export class BatchHistory {
  readonly #asks: readonly HistoryAsk[];
  /** By livemode; absent: it could not be read, and nothing is known. */
  readonly #stored: ReadonlyMap<boolean, ReadonlyMap<string, SubjectHistory>>;
  readonly #batch = new Map<string, Past[]>();

  constructor(
    asks: readonly HistoryAsk[],
    stored: ReadonlyMap<boolean, ReadonlyMap<string, SubjectHistory>>,
  ) {
    this.#asks = asks;
    this.#stored = stored;
  }

  /** What the rules may know about one submission; null without a subject. */
  answersFor(past: Past): HistoryAnswers {
    if (this.#asks.length === 0 || past.subject === null) return null;
    const stored = this.#stored.get(past.livemode)?.get(subjectKey(past.subject));
    if (!stored) return null;
    const before = this.#batch.get(keyOf(past, past.subject)) ?? [];
    const answers = new Map<string, number>();
    for (const [at, ask] of this.#asks.entries()) {
      const answer = answerOf(ask, stored.get(at) ?? nothing, before, past);
      if (answer !== null) answers.set(historyKey(ask), answer);
    }
    return answers;
  }

  remember(past: Past): void {
    if (this.#asks.length === 0 || past.subject === null) return;
    const key = keyOf(past, past.subject);
    const before = this.#batch.get(key);
    if (!before) this.#batch.set(key, [past]);
    else if (before.length < mostHistory) before.push(past);
  }
}

const nothing: ReadonlyMap<string, number> = new Map();

const keyOf = ({ livemode }: Past, subject: Subject) => `${livemode} ${subjectKey(subject)}`;

/** Null: it cannot be said of this decision, such as a sum where it moves no money. */
function answerOf(
  ask: HistoryAsk,
  stored: ReadonlyMap<string, number>,
  before: readonly Past[],
  now: Past,
): number | null {
  if ("argument" in ask) {
    const own = valueHash(now.arguments[ask.argument]);
    const others = before.map((past) => valueHash(past.arguments[ask.argument]));
    if (ask.of === "seen") {
      if (own === null) return null;
      return (stored.get(own) ?? 0) + others.filter((each) => each === own).length;
    }
    return new Set([...stored.keys(), ...others, own].filter((each) => each !== null)).size;
  }
  const ofType = before.filter((past) => ask.type === null || past.typeKey === ask.type);
  if (ask.of === "count") return (stored.get("") ?? 0) + ofType.length;
  const currency = now.money?.currency;
  if (currency === undefined) return null;
  const sum = ofType.reduce(
    (total, { money }) => (money?.currency === currency ? total + money.amount : total),
    0,
  );
  return (stored.get(currency) ?? 0) + sum;
}
