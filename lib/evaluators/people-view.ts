import { z } from "zod";

const Measured = z.object({
  value: z.number().nullable().describe("Null: not defined, as where everybody always says the same"),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
});

/** How far people agree among themselves, on what two or more of them ruled on. */
export const PeopleAgreementView = z.object({
  n: z.int().describe("Subjects that two or more people ruled on"),
  needed: z.int(),
  people: z.int(),
  measures: z
    .object({
      percent: Measured,
      fleiss: Measured.extend({ raters: z.int() }),
      krippendorff: Measured,
      cohen: z.array(Measured).describe("Each two people with enough in common"),
    })
    .nullable(),
});
