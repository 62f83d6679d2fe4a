import { z } from "zod";
import { Refusal, type Effect } from "./domain/types";

/** RFC 3339, or seconds since 1970. */
const Moment = z
  .string()
  .max(40)
  .transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)))
  .refine((at) => Number.isFinite(at), "a time: RFC 3339, or seconds since 1970");

const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  starting_after: z.string().max(100).optional(),
});
const Query = Page.extend({
  reference: z.string().max(255).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
});

/**
 * What was done: of one reference, or from one moment (inclusive) to another (exclusive), oldest first and by page.
 * `next` is the id to give as `starting_after`, or null after the last page.
 */
export function listEffects(effects: readonly Effect[], query: URLSearchParams) {
  const { reference, from = -Infinity, to = Infinity, ...page } = parse(Query, query);
  const matching = effects.filter(
    (effect) =>
      (reference === undefined || effect.reference === reference) &&
      Date.parse(effect.created) >= from &&
      Date.parse(effect.created) < to,
  );
  const { data, has_more } = pageOf(matching, page, ({ id }) => id);
  return { object: "list", data, has_more, next: has_more ? (data.at(-1)?.id ?? null) : null };
}

/** Records of one kind by page, as `{ id, record }`, in the order they were given. */
export function listRecords(records: ReadonlyMap<string, unknown>, query: URLSearchParams) {
  const entries = [...records].map(([id, record]) => ({ id, record }));
  return { object: "list", ...pageOf(entries, parse(Page, query), ({ id }) => id) };
}

function pageOf<T>(items: readonly T[], page: z.output<typeof Page>, idOf: (item: T) => string) {
  const after = page.starting_after;
  const start = after === undefined ? 0 : items.findIndex((item) => idOf(item) === after) + 1;
  if (after !== undefined && start === 0) throw new Refusal("not_found", `${after} not found`);
  const end = start + page.limit;
  return { data: items.slice(start, end), has_more: end < items.length };
}

function parse<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", z.prettifyError(parsed.error));
}
