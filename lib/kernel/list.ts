import { z } from "zod";

/** Query of every list: keyset pages, newest first. */
export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  starting_after: z.string().max(64).optional(),
  ending_before: z.string().max(64).optional(),
});
export type ListQuery = z.output<typeof ListQuery>;

/**
 * The cursors of a list whose pages follow ids of one kind: what is no such id is no place in it, and is refused
 * rather than answered with some page. Empty is as good as absent.
 */
export function cursorsOf(prefix: string) {
  const Cursor = z
    .string()
    .max(64)
    .regex(new RegExp(`^(?:${prefix}_[0-9a-z]+)?$`), `an id of the list, such as ${prefix}_01m8…`)
    .optional();
  return { starting_after: Cursor, ending_before: Cursor };
}

/** `{ object: "list", url, has_more, data }`, as the field knows it from Stripe. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    object: z.literal("list"),
    url: z.string(),
    has_more: z.boolean(),
    data: z.array(item),
  });
}
export type List<T> = { object: "list"; url: string; has_more: boolean; data: T[] };
