import { inArray, and, eq, isNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { queues } from "@/db/schema";
import type { HistoryAsk } from "@/lib/policies/history";
import { asksOf, type PolicyInForce } from "@/lib/policies/rule-on";
import { loadPolicies, versionKey, type LiveVersion } from "@/lib/policies/server/load-policies";
import { readHistory, subjectKey, type Subject } from "@/lib/policies/server/read-history";
import { log } from "@/lib/server/log";
import { BatchHistory } from "./batch-history";
import type { QueueInForce, TypeInForce } from "./load-types";

/** What policies need to rule on a set of submissions, read before the first of them is planned. */
export type Rulebook = {
  policies: ReadonlyMap<string, PolicyInForce>;
  /** The queues that rules route to, where they still are. */
  queues: ReadonlyMap<string, QueueInForce>;
  history: BatchHistory;
  /** When the set came in. */
  now: Date;
};

type Asking = { subject: Subject | undefined; livemode: boolean };

/**
 * Reads the rulebook: no query where the types in force have no policy, else at most the versions that are not known
 * yet, the queues that rules name, and one question to history.
 */
export async function loadRulebook(
  { db, orgId, now }: { db: Database; orgId: string; now: Date },
  types: Iterable<TypeInForce>,
  asking: readonly Asking[],
): Promise<Rulebook> {
  const live = distinctVersions(types);
  if (live.length === 0) return { policies: new Map(), queues: new Map(), history: noHistory, now };
  const policies = await loadPolicies(db, orgId, live);
  const inForce = [...policies.values()];
  const asks = asksOf(inForce);
  const [routed, history] = await Promise.all([
    routedQueues(db, orgId, inForce),
    historyOf({ db, orgId, now }, asks, asking),
  ]);
  return { policies, queues: routed, history, now };
}

const noHistory = new BatchHistory([], new Map());

function distinctVersions(types: Iterable<TypeInForce>): LiveVersion[] {
  const found = new Map<string, LiveVersion>();
  for (const { policies } of types) for (const version of policies) found.set(versionKey(version), version);
  return [...found.values()];
}

async function routedQueues(
  db: Database,
  orgId: string,
  policies: readonly PolicyInForce[],
): Promise<Map<string, QueueInForce>> {
  const wanted = policies.flatMap(({ rules }) => rules.flatMap(({ queueId }) => (queueId ? [queueId] : [])));
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({
      id: queues.id,
      name: queues.name,
      rule: queues.rule,
      order: queues.order,
      slaMinutes: queues.slaMinutes,
    })
    .from(queues)
    .where(and(eq(queues.orgId, orgId), inArray(queues.id, [...new Set(wanted)]), isNull(queues.archivedAt)));
  return new Map(rows.map((row) => [row.id, row]));
}

async function historyOf(
  { db, orgId, now }: { db: Database; orgId: string; now: Date },
  asks: readonly HistoryAsk[],
  asking: readonly Asking[],
): Promise<BatchHistory> {
  if (asks.length === 0) return noHistory;
  const stored = new Map<boolean, Awaited<ReturnType<typeof readHistory>>>();
  for (const livemode of [true, false]) {
    const subjects = distinctSubjects(asking.filter((each) => each.livemode === livemode));
    if (subjects.length === 0) continue;
    try {
      stored.set(livemode, await readHistory(db, { orgId, livemode, now }, subjects, asks));
    } catch (error) {
      // Whoever asks of it then gets a person; a decision is never refused for it.
      log.error({ err: error }, "history could not be read");
    }
  }
  return new BatchHistory(asks, stored);
}

function distinctSubjects(asking: readonly Asking[]): Subject[] {
  const found = new Map<string, Subject>();
  for (const { subject } of asking) if (subject) found.set(subjectKey(subject), subject);
  return [...found.values()];
}
