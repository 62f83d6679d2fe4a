import { z } from "zod";

/** Query of every list: keyset pages, newest first. */
export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  starting_after: z.string().max(64).optional(),
  ending_before: z.string().max(64).optional(),
});
export type ListQuery = z.output<typeof ListQuery>;

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
