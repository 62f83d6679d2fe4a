import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { noteTrials } from "@/lib/policies/server/note-trials";
import { hearModels, type HeardOf } from "./hear-models";
import { loadTypes, schemasOf, type TypeInForce, type TypeSchemas } from "./load-types";
import { findExisting, replayOf, type Standing } from "./standing-decision";
import { namesOneTwice, partsOf } from "./parts";
import { partWriter } from "./part-writer";
import { isPast, tooLate } from "./past-limit";
import { checkAgainstType, planDecision, type Plan } from "./plan-decision";
import { refusalOf } from "./refusal-of";
import { loadRulebook, type Rulebook } from "./rulebook";
import { distinctPairs, requireKey, typeNamedBy, typeOf, type Submitted } from "./submitted";
import type { Entry } from "./incoming-rows";
import type { Written } from "./write-decisions";

export type Accepted =
  | ({ kind: "created"; plan: Plan } & Written)
  /** The same key with the same body: the decision that already stands. */
  | { kind: "replayed"; decisionId: string; standing: Standing };
export type Outcome = Accepted | { kind: "refused"; error: DomainError };

/**
 * Intake: checks, routes and stores a set of decisions, each together with its review or execution, event and journal
 * line. Each gets an answer of its own, in order; a refused one keeps no other out. Every answer is durable when this
 * returns. A large set is several transactions: when the database goes away in between, some of it may be stored, and
 * the same set sent again meets it by its keys. `ctx.orgId` is the organisation of all of them; `ctx.db` is not in a
 * transaction. Whoever mostly sends what is new says so with `allNew`: a repeat in it then costs more, anything else less.
 */
export async function submitDecisions(
  ctx: Context,
  submitted: readonly Submitted[],
  { allNew = false }: { allNew?: boolean } = {},
): Promise<Outcome[]> {
  const types = await loadTypes(ctx.db, ctx.orgId, distinctPairs(submitted));
  const schemas = await schemasOf(ctx.db, types.values());
  const rulebook = await loadRulebook(ctx, types.values(), submitted.map(askingOf));
  const heard = await hearModels(
    ctx,
    submitted.map((item) => ({ ...item, type: typeNamedBy(item, types) })),
  );
  const outcomes = await store(ctx, { submitted, allNew, types, schemas, rulebook, heard });
  crashPoint("intake.after_commit");
  return outcomes;
}

const askingOf = ({ submission, livemode }: Submitted) => ({ subject: submission.subject, livemode });

function noteTrialsOf({ db, orgId }: Context, { id, trials }: Plan): void {
  if (trials) noteTrials({ db, orgId, decisionId: id, trials });
}

type Work = {
  submitted: readonly Submitted[];
  allNew: boolean;
  types: Map<string, TypeInForce>;
  schemas: Map<string, TypeSchemas>;
  rulebook: Rulebook;
  heard: HeardOf;
};

async function store(ctx: Context, work: Work): Promise<Outcome[]> {
  const { submitted } = work;
  const outcomes: (Plan | DomainError)[] = [];
  const entries: Entry[] = [];
  const late = new Map<string, Entry>();
  const onWritten = ({ plan }: Entry) => noteTrialsOf(ctx, plan);
  const inOrder = namesOneTwice(submitted);
  const writer = partWriter(ctx, { inOrder, allNew: work.allNew && !inOrder, onWritten });
  for (const items of partsOf(submitted)) {
    const part: Entry[] = [];
    for (const item of items) {
      const plan = planOf(ctx, item, work);
      outcomes.push(plan);
      if (plan instanceof DomainError) continue;
      const entry = entryOf(item, plan);
      // Not stored, but looked up: a retry of what came in time is answered as the first was.
      if (isPast(item.submission, ctx.now)) late.set(plan.id, entry);
      else part.push(entry);
    }
    await writer.write(part);
    entries.push(...part);
  }
  const { written, refused } = await writer.done();
  const existing = await findExisting(ctx, [
    ...entries.filter(({ plan: { id } }) => !written.has(id) && !refused.has(id)),
    ...late.values(),
  ]);
  return outcomes.map((plan): Outcome => {
    if (plan instanceof DomainError) return { kind: "refused", error: plan };
    const error = refused.get(plan.id);
    if (error) return { kind: "refused", error };
    const fresh = written.get(plan.id);
    if (late.has(plan.id) && !existing.has(plan.id)) return { kind: "refused", error: tooLate() };
    return fresh ? { kind: "created", plan, ...fresh } : replayOf(plan, existing.get(plan.id));
  });
}

function planOf(
  ctx: Context,
  item: Submitted,
  { types, schemas, rulebook, heard }: Work,
): Plan | DomainError {
  try {
    authorize({ actor: item.actor }, "decisions.submit");
    requireKey(item);
    const type = typeOf(item, types);
    const pair = schemas.get(`${type.typeId}@${type.typeVersion}`);
    // The type changed between two reads: the caller's retry sees the new one.
    if (!pair)
      throw new DomainError("unavailable", "The decision type is being changed", { code: "overloaded" });
    const { submission, livemode, unanswered } = item;
    const args = checkAgainstType(submission, type, pair, unanswered);
    return planDecision(submission, args, type, {
      rulebook,
      livemode,
      heard: heard.get(submission),
      unanswered,
    });
  } catch (error) {
    return refusalOf(ctx, error);
  }
}

function entryOf({ idempotencyKey, actor, livemode }: Submitted, plan: Plan): Entry {
  return { plan, idempotencyKey, actor: actorName(actor), livemode };
}
