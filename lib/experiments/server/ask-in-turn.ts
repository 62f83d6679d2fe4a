import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { holdExperiment, renewLease, type ExperimentJob } from "./experiment-job";

/** Questions of one experiment under way at once. */
export function concurrencyOf(env: NodeJS.ProcessEnv): number {
  const asked = Number(env.COUNTERSIGN_EXPERIMENT_CONCURRENCY ?? 4);
  return Number.isInteger(asked) && asked >= 1 && asked <= 64 ? asked : 4;
}

/** So many answers that fail one after the other mean that it is not the items. */
export const mostFailuresInARow = 10;
const renewEveryMs = 15_000;

/** What came of a question, as far as whoever asks needs to know. */
export type Heard = { status: "done" | "failed"; costMicros: number | null; error: string | null };

/** `startedAt`: when it was marked, null where it is not to be asked any more. `isHeld`: whether the experiment still is this worker's. */
export type Marked = { isHeld: boolean; startedAt: string | null };

/** What is asked, of whom, and where it is kept. */
export type Line<Question, Answer extends Heard> = {
  /** The next questions that nobody was asked, in order of the dataset. */
  next: (limit: number) => Promise<Question[]>;
  /** What a question may cost at most, in millionths; null: not known. */
  worst: (question: Question) => number | null;
  mark: (question: Question, worst: number | null) => Promise<Marked>;
  ask: (question: Question) => Promise<Answer>;
  keep: (question: Question, startedAt: string, answer: Answer) => Promise<void>;
  /** Before a question is asked. `skip`: not this one. `stop`: nothing more in this turn. */
  before: (question: Question) => Promise<"ask" | "skip" | "stop">;
  heard: (question: Question, answer: Answer) => void;
};

type Desk<Question> = {
  flying: Map<Promise<void>, number>;
  /** Nothing more is asked in this turn. */
  closed: boolean;
  waiting: Question[];
};

/**
 * Asks for so long, so many at once, and waits for the last answer. A question is marked, with what it may cost at most,
 * in a statement of its own before it is asked: whatever happens, nothing is asked twice. True once nothing is left to ask.
 */
export async function askInTurn<Question, Answer extends Heard>(
  ctx: Context,
  job: ExperimentJob,
  line: Line<Question, Answer>,
  { forMs, atOnce }: { forMs: number; atOnce: number },
): Promise<boolean> {
  const desk: Desk<Question> = { flying: new Map(), closed: false, waiting: [] };
  const endsAt = performance.now() + forMs;
  let renewAt = performance.now() + renewEveryMs;
  let isEmpty = false;
  for (;;) {
    while (!desk.closed && desk.flying.size < atOnce && performance.now() < endsAt) {
      if (desk.waiting.length === 0) desk.waiting = await line.next(atOnce * 4);
      isEmpty = desk.waiting.length === 0;
      if (isEmpty || !(await askNext(ctx, job, line, desk))) break;
    }
    if (desk.flying.size === 0) return isEmpty && !desk.closed;
    await Promise.race([...desk.flying.keys(), pause(renewAt - performance.now())]);
    if (performance.now() < renewAt) continue;
    renewAt = performance.now() + renewEveryMs;
    if (!(await renewLease(ctx, job))) desk.closed = true;
  }
}

/** False when it has to wait: for room under the cap, or for good. */
async function askNext<Question, Answer extends Heard>(
  ctx: Context,
  job: ExperimentJob,
  line: Line<Question, Answer>,
  desk: Desk<Question>,
): Promise<boolean> {
  const [question] = desk.waiting;
  if (question === undefined) return false;
  const step = await line.before(question);
  if (step === "stop") desk.closed = true;
  if (step !== "ask") {
    desk.waiting.shift();
    return step === "skip";
  }
  const worst = line.worst(question);
  if (!(await hasRoom(ctx, job, desk, worst))) return false;
  desk.waiting.shift();
  const { isHeld, startedAt } = await line.mark(question, worst);
  if (!isHeld) desk.closed = true;
  if (!isHeld || startedAt === null) return isHeld;
  const flight: Promise<void> = line
    .ask(question)
    .then(async (answer) => {
      job.spent += answer.costMicros ?? 0;
      line.heard(question, answer);
      await line.keep(question, startedAt, answer);
    })
    .catch((error: unknown) => {
      // The row stays as asked; a later worker gives it up, and a person decides.
      desk.closed = true;
      log.error({ err: error, experiment: job.id }, "an answer could not be kept");
    })
    .finally(() => desk.flying.delete(flight));
  desk.flying.set(flight, worst ?? 0);
  return true;
}

async function hasRoom<Question>(
  ctx: Context,
  job: ExperimentJob,
  desk: Desk<Question>,
  worst: number | null,
): Promise<boolean> {
  const underWay = [...desk.flying.values()].reduce((sum, each) => sum + each, 0);
  if (job.cap === null || job.spent + underWay + (worst ?? 0) <= job.cap) return true;
  // What is under way may turn out cheaper than its worst: only with nothing under way is it certain.
  if (desk.flying.size > 0) return false;
  desk.closed = true;
  await holdExperiment(ctx, job, { status: "paused", why: capReached(job, worst ?? 0) });
  return false;
}

function capReached({ cap, spent }: ExperimentJob, worst: number): string {
  const money = (micros: number) => (micros / 1_000_000).toFixed(4);
  return `The cap is ${money(cap ?? 0)}: ${money(spent)} is spent, and the next answer could cost ${money(worst)}.`;
}

/** Marks one pending row of a table of questions as asked, while the experiment is this worker's. */
export async function markAsked(
  ctx: Context,
  job: ExperimentJob,
  { table, row }: { table: "experiment_results" | "experiment_scores"; row: SQL },
  worst: number | null,
): Promise<Marked> {
  const [marked] = await rowsOf<{ held: boolean; started: string | null }>(
    ctx.db,
    sql`with held as (select 1 from experiments where id = ${job.id} and status = 'running'
          and lease_until = ${job.lease}::timestamptz and lease_until > now() for share),
        marked as (update ${sql.identifier(table)} set status = 'running', started_at = clock_timestamp(),
          reserved_micros = ${worst}
        where ${row} and status = 'pending' and exists (select 1 from held)
        returning started_at::text as started)
      select exists (select 1 from held) as held, (select started from marked) as started`,
  );
  return { isHeld: marked?.held ?? false, startedAt: marked?.started ?? null };
}

/** What the runs that were asked for under this name cost; null: none of them says. */
export async function costOfRuns(ctx: Context, askedBy: string): Promise<number | null> {
  const [row] = await rowsOf<{ cost: number | null }>(
    ctx.db,
    sql`select sum(cost_micros)::float8 as cost from runs where asked_by = ${askedBy} and org_id = ${ctx.orgId}`,
  );
  return row?.cost ?? null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms)).unref();
  });
}
