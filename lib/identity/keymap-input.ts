import { z } from "zod";

/** What a person sends: only what differs from the key map. */
export const SaveKeymap = z.strictObject({
  keymap: z.record(z.string().max(40), z.string().max(40)),
});
export type SaveKeymap = z.output<typeof SaveKeymap>;
