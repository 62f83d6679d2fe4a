import { z } from "zod";
import { Refusal, type Effect } from "./domain/types";

/** RFC 3339, or seconds since 1970. */
const Moment = z
  .string()
  .max(40)
  .transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)))
  .refine((at) => Number.isFinite(at), "a time: RFC 3339, or seconds since 1970");

const Query = z.strictObject({
  reference: z.string().max(255).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  starting_after: z.string().max(100).optional(),
});

/**
 * What was done: of one reference, or from one moment (inclusive) to another (exclusive), oldest first and by page.
 * `next` is the id to give as `starting_after`, or null after the last page.
 */
export function listEffects(effects: readonly Effect[], query: URLSearchParams) {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw new Refusal("invalid", z.prettifyError(parsed.error));
  const { reference, from = -Infinity, to = Infinity, limit, starting_after: after } = parsed.data;
  const matching = effects.filter(
    (effect) =>
      (reference === undefined || effect.reference === reference) &&
      Date.parse(effect.created) >= from &&
      Date.parse(effect.created) < to,
  );
  const start = after === undefined ? 0 : matching.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw new Refusal("not_found", "effect not found");
  const data = matching.slice(start, start + limit);
  const hasMore = start + limit < matching.length;
  return { object: "list", data, has_more: hasMore, next: hasMore ? (data.at(-1)?.id ?? null) : null };
}
