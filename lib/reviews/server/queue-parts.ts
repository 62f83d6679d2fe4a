import { sql } from "drizzle-orm";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { keptRule } from "@/lib/policies/cel";
import { RuleProblem } from "@/lib/policies/rule-problem";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { UpdateQueue } from "../queues";

type Fields = Partial<Omit<UpdateQueue, "queue" | "version" | "archived" | "escalate_to">>;

/** What a queue's fields are in its table; what is undefined stays. */
export function queueColumns(fields: Fields & { escalateToId?: string | null }) {
  return {
    name: fields.name,
    description: fields.description,
    rule: fields.rule,
    position: fields.position,
    order: fields.order,
    leaseSeconds: fields.lease_seconds,
    undoSeconds: fields.undo_seconds,
    slaMinutes: fields.sla_minutes,
    onTimeout: fields.on_timeout,
    escalateToId: fields.escalateToId,
    verdicts: fields.verdicts,
    declineReasons: fields.decline_reasons,
    loadCap: fields.load_cap,
    autoAssign: fields.auto_assign,
    skills: fields.skills,
    blindRate: fields.blind_rate,
    goldRate: fields.gold_rate,
    doubleRate: fields.double_rate,
    dwellSeconds: fields.dwell_seconds,
    dwellAmount: fields.dwell_amount,
    hoursPerDay: fields.hours_per_day,
  };
}

/** Throws `invalid_rule`, with the place in the rule, where it cannot be used. */
export function requireRule(rule: string | null | undefined): void {
  if (rule === null || rule === undefined) return;
  const read = keptRule(rule);
  if (!(read instanceof RuleProblem)) return;
  const { message, line, column, fix, at } = read;
  throw new DomainError("invalid", `The rule, line ${line}, column ${column}: ${message}`, {
    code: "invalid_rule",
    errors: [{ pointer: "/rule", code: "invalid_rule", message, fix: fix ?? undefined }],
    extra: { rule: { line, column, start: at.start, end: at.end } },
  });
}

/** The id of the queue that takes what is escalated; undefined where nothing is said. Throws where it cannot be. */
export async function escalationTarget(
  ctx: Context,
  escalateTo: string | null | undefined,
  ownId?: string,
): Promise<string | null | undefined> {
  if (escalateTo === null || escalateTo === undefined) return escalateTo;
  const [queue] = await rowsOf<{ id: string; archived: boolean }>(
    ctx.db,
    sql`select id, archived_at is not null as archived from queues
      where org_id = ${ctx.orgId} and ${escalateTo} in (key, id)`,
  );
  if (!queue || queue.archived)
    throw refuse({
      code: "not_found",
      message: `There is no queue ${escalateTo} in use`,
      fix: "Name one that is, or null.",
    });
  if (queue.id === ownId)
    throw refuse({
      code: "own_queue",
      message: "is this queue itself",
      fix: "Null lets it stay here, due anew.",
    });
  return queue.id;
}

function refuse(error: Omit<FieldError, "pointer">): DomainError {
  const pointer = "/escalate_to";
  return new DomainError("invalid", `${pointer} ${error.message}`, {
    code: "validation_failed",
    errors: [{ pointer, ...error }],
  });
}
