import { sql } from "drizzle-orm";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { RubricKey } from "../plans";

/** Throws `validation_failed` unless every question of the audit's rubric, and no other one, has one of its answers. */
export async function checkRubric(
  ctx: Context,
  auditId: string,
  given: Record<string, number> | undefined,
): Promise<void> {
  const [rubric] = await rowsOf<{ keys: RubricKey[] }>(
    ctx.db,
    sql`select r.keys from audits a join sampling_plans p on p.id = a.plan_id join rubrics r on r.id = p.rubric_id
      where a.id = ${auditId}`,
  );
  const errors = rubricErrors(rubric?.keys ?? [], given ?? {});
  const [first] = errors;
  if (!first) return;
  throw new DomainError("invalid", `${first.pointer}: ${first.message}`, {
    code: "validation_failed",
    errors,
  });
}

function rubricErrors(keys: readonly RubricKey[], given: Record<string, number>): FieldError[] {
  const missing = keys.flatMap(({ key, question, answers }): FieldError[] => {
    const chosen = given[key];
    if (chosen !== undefined && chosen <= answers.length) return [];
    const message =
      chosen === undefined ? `"${question}" has no answer` : `"${question}" has no answer ${chosen}`;
    return [
      {
        pointer: `/rubric/${key}`,
        code: "no_answer",
        message,
        fix: `Send a number from 1 to ${answers.length}`,
      },
    ];
  });
  const unknown = Object.keys(given)
    .filter((key) => !keys.some((each) => each.key === key))
    .map((key) => ({
      pointer: `/rubric/${key}`,
      code: "unknown_key",
      message: "This audit asks no such question",
      fix: keys.length > 0 ? `It asks ${keys.map((each) => each.key).join(", ")}` : "Leave rubric out",
    }));
  return [...missing, ...unknown];
}
