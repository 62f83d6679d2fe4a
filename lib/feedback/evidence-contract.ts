import { z } from "zod";
import { evidenceParts } from "./evidence";

/** Words that something said of a decision rests on. Offsets are UTF-16 units into the text at `pointer`, end excluded. */
export const EvidenceSpan = z.object({
  part: z.enum(evidenceParts),
  pointer: z.string().describe("RFC 6901 pointer into the part; empty: the part itself"),
  start: z.int().min(0),
  end: z.int().min(0),
  quote: z.string(),
});

/** As it is sent: without offsets the quote must stand once at its pointer, and the offsets are found. */
export const EvidenceInput = z
  .strictObject({
    part: z.enum(evidenceParts).describe("Which part of the decision holds the words"),
    pointer: z
      .string()
      .max(500)
      .regex(/^(\/([^~/]|~[01])*)*$/, "must be an RFC 6901 pointer, such as /items/0/text")
      .default("")
      .describe("RFC 6901 pointer into the part; empty: the part itself"),
    start: z.int().min(0).optional().describe("Where the words begin, in UTF-16 units"),
    end: z.int().min(0).optional().describe("Where they end, the last unit excluded"),
    quote: z.string().min(1).max(5000).describe("The words, exactly as they stand there"),
  })
  .refine(({ start, end }) => (start === undefined) === (end === undefined), {
    path: ["end"],
    message: "send both start and end, or neither",
  });
