import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/server/log";

/** What one live version said of one decision. */
export type Trial = {
  versionId: string;
  /** Ids of its rules: all of them, those that held, and those that could not be evaluated. */
  asked: readonly string[];
  hits: readonly string[];
  failed: readonly string[];
  /** Of a version in shadow: how the decision went, and how it would have gone. */
  shadow: { ruleId: string | null; was: string; would: string } | null;
};

type Note = { db: Database; orgId: string; decisionId: string; trials: () => Trial[] };

let notes: Note[] = [];
let timer: NodeJS.Timeout | null = null;
let flushing: Promise<void> = Promise.resolve();

/** Notes kept until they are written; what comes on top of them in one second is not counted. */
const mostNotes = 5000;
const pauseMs = 500;

/**
 * Counts what live policies said of a decision that is already answered, in a batch a little later. Evaluates shadows
 * there too. Never throws and never delays its caller; what a process has not written when it ends is lost.
 */
export function noteTrials(note: Note): void {
  if (notes.length >= mostNotes) return;
  notes.push(note);
  timer ??= setTimeout(() => void flushTrials(), pauseMs).unref();
}

/** Writes what was noted so far. Failures are logged: these are figures for the eye. */
export function flushTrials(): Promise<void> {
  timer = null;
  const taken = notes;
  notes = [];
  flushing = flushing
    .then(() => writeAll(taken))
    .catch((error: unknown) => {
      log.warn({ err: error }, "what policies said was not counted");
    });
  return flushing;
}

async function writeAll(taken: readonly Note[]): Promise<void> {
  const byPlace = Map.groupBy(taken, ({ db }) => db);
  for (const [db, own] of byPlace) {
    for (const [orgId, ofOrg] of Map.groupBy(own, (note) => note.orgId)) await write(db, orgId, ofOrg);
  }
}

type Count = { version_id: string; rule_id: string; asked: number; hits: number; failed: number };
type Shadow = { version_id: string; asked: number; diverged: number; failed: number };
type Divergence = {
  id: string;
  version_id: string;
  decision_id: string;
  rule_id: string | null;
  was: string;
  would: string;
};

async function write(db: Database, orgId: string, own: readonly Note[]): Promise<void> {
  const tally = {
    counts: new Map<string, Count>(),
    shadows: new Map<string, Shadow>(),
    diverged: [] as Divergence[],
  };
  for (const { decisionId, trials } of own) for (const trial of trials()) count(tally, decisionId, trial);
  if (tally.counts.size + tally.shadows.size === 0) return;
  // In the order of their keys, so that two processes cannot wait for each other.
  const rows = [...tally.counts.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await db.execute(sql`insert into policy_days (org_id, version_id, rule_id, day, asked, hits, failed)
    select ${orgId}, version_id, rule_id, (now() at time zone 'UTC')::date, asked, hits, failed
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as i(version_id text, rule_id text, asked int, hits int, failed int)
    on conflict (version_id, rule_id, day) do update set asked = policy_days.asked + excluded.asked,
      hits = policy_days.hits + excluded.hits, failed = policy_days.failed + excluded.failed`);
  if (tally.shadows.size === 0) return;
  await db.execute(sql`with i as (select * from json_to_recordset(${JSON.stringify([...tally.shadows.values()])}::json)
        as i(version_id text, asked int, diverged int, failed int)),
      counted as (update policy_versions v set asked = v.asked + i.asked, diverged = v.diverged + i.diverged,
          failed = v.failed + i.failed
        from i where v.id = i.version_id and v.org_id = ${orgId} and v.status = 'shadow'
        returning v.id, v.policy_id, v.diverged - i.diverged as before, i.diverged as added),
      told as (insert into events (org_id, type, subject, data)
        select ${orgId}, 'policy.shadow_divergence', policy_id, json_build_object('version_id', id)
        from counted where before = 0 and added > 0)
    insert into policy_divergences (id, org_id, version_id, decision_id, rule_id, was, would)
      select d.id, ${orgId}, d.version_id, d.decision_id, d.rule_id, d.was, d.would
      from json_to_recordset(${JSON.stringify(tally.diverged)}::json)
        as d(id text, version_id text, decision_id text, rule_id text, was text, would text)
      join counted on counted.id = d.version_id and counted.before < ${mostDivergences}
    on conflict do nothing`);
}

/** Divergences of one version that are kept one by one; all of them are counted. */
const mostDivergences = 5000;

const keyOf = ({ version_id, rule_id }: Count) => `${version_id} ${rule_id}`;

function count(
  tally: { counts: Map<string, Count>; shadows: Map<string, Shadow>; diverged: Divergence[] },
  decisionId: string,
  { versionId, asked, hits, failed, shadow }: Trial,
): void {
  for (const ruleId of asked) {
    const key = `${versionId} ${ruleId}`;
    const own = tally.counts.get(key) ?? {
      version_id: versionId,
      rule_id: ruleId,
      asked: 0,
      hits: 0,
      failed: 0,
    };
    own.asked += 1;
    own.hits += hits.includes(ruleId) ? 1 : 0;
    own.failed += failed.includes(ruleId) ? 1 : 0;
    tally.counts.set(key, own);
  }
  if (!shadow) return;
  const own = tally.shadows.get(versionId) ?? { version_id: versionId, asked: 0, diverged: 0, failed: 0 };
  const diverged = shadow.was !== shadow.would;
  own.asked += 1;
  own.diverged += diverged ? 1 : 0;
  own.failed += failed.length > 0 ? 1 : 0;
  tally.shadows.set(versionId, own);
  if (diverged) {
    const { ruleId: rule_id, was, would } = shadow;
    tally.diverged.push({
      id: newId("divergence"),
      version_id: versionId,
      decision_id: decisionId,
      rule_id,
      was,
      would,
    });
  }
}
