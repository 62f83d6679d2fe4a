import type { z } from "zod";
import { AuditListQuery } from "@/lib/audits/schema";
import { DecisionListFilter } from "@/lib/decisions/list";
import { ExecutionFilter } from "@/lib/execution/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { ReviewListQuery } from "@/lib/reviews/schema";
import type { ExportKind } from "./schema";

const paging = { limit: true, starting_after: true, ending_before: true } as const;

/** Each list's own filter, without its paging: an export takes what the list takes. */
const exportFilters = {
  decisions: DecisionListFilter,
  reviews: ReviewListQuery.omit(paging),
  audits: AuditListQuery.omit(paging),
  executions: ExecutionFilter.omit(paging),
} as const satisfies Record<ExportKind, z.ZodObject>;

export type FilterOf<K extends ExportKind> = z.output<(typeof exportFilters)[K]>;

/**
 * The filter of an export, as its list understands it. Throws `validation_failed` for a part it would pass over: a
 * filter that is mistyped must not become an export of everything.
 */
export function exportFilterOf<K extends ExportKind>(kind: K, given: JsonObject): FilterOf<K> {
  const parsed = exportFilters[kind].safeParse(given);
  const understood: Record<string, unknown> = parsed.success ? parsed.data : {};
  const lost = parsed.success
    ? Object.keys(given).filter((key) => understood[key] === undefined)
    : parsed.error.issues.map(({ path }) => String(path[0] ?? ""));
  if (lost.length === 0) return understood as FilterOf<K>;
  throw new DomainError("invalid", `/filter/${lost[0]}: is not a filter of this list, or not a value of it`, {
    code: "validation_failed",
    errors: lost.map((key) => ({
      pointer: `/filter/${key}`,
      code: "unknown_filter",
      message: "is not a filter of this list, or not a value of it",
      fix: "Send the parts of the list's own address, without its paging",
    })),
  });
}
