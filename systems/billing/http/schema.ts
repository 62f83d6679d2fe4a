import { z } from "zod";
import { type BillingError, invalid } from "../domain/errors";
import { isCurrency } from "../domain/money";
import { refundReasons } from "../domain/types";
import type { Tree } from "./parse";

const maxAmount = 99_999_999;

function refused(context: z.RefinementCtx, code: string, message: string): never {
  context.addIssue({ code: "custom", message, params: { code } });
  return z.NEVER;
}

/** Text that a store and a page can hold: well-formed Unicode, no control characters but tab and line breaks. */
function text(max: number) {
  return z
    .string()
    .min(1, "must not be empty")
    .max(max, `must be at most ${max} characters`)
    .refine(
      (value) => value.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(value),
      "contains characters that are not text",
    );
}

function integer(code: string, low: number, high: number) {
  return z.union([z.number(), z.string()]).transform((value, context) => {
    const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number))
      return refused(context, code, `Invalid integer: ${value}`);
    if (number < low)
      return refused(context, code, low === 1 ? "Invalid positive integer" : "Invalid integer");
    return number > high ? refused(context, code, `Must be no more than ${high}`) : number;
  });
}

const Amount = integer("parameter_invalid_integer", 1, maxAmount);

const Currency = z.string().transform((value, context) => {
  const code = value.toLowerCase();
  if (isCurrency(code)) return code;
  return refused(context, "parameter_invalid", `Invalid currency: ${value.slice(0, 20)}`);
});

const MetadataValue = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .pipe(z.union([z.literal(""), text(500)]));

/** Up to 50 pairs; an empty value leaves the key out, as in Stripe. */
const Metadata = z
  .record(text(40), MetadataValue)
  .refine((pairs) => Object.keys(pairs).length <= 50, "may have at most 50 keys")
  .transform((pairs) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== "")))
  .default({});

const Id = text(100);
const pages = {
  limit: integer("parameter_invalid_integer", 1, 100).default(10),
  starting_after: Id.optional(),
  ending_before: Id.optional(),
};

export const CreateRefund = z.strictObject({
  charge: Id.optional(),
  invoice: Id.optional(),
  amount: Amount.optional(),
  currency: Currency.optional(),
  reason: z.enum(refundReasons).optional(),
  metadata: Metadata,
});

export const CreateCharge = z.strictObject({
  invoice: Id.optional(),
  customer: Id.optional(),
  amount: Amount.optional(),
  currency: Currency.optional(),
  description: text(1000).optional(),
  source: text(100).optional(),
  metadata: Metadata,
});

export const CreateComment = z.strictObject({
  text: text(5000),
  author: text(120).default("API"),
  metadata: Metadata,
});

const Second = integer("parameter_invalid_integer", 0, 99_999_999_999);
const Created = z.strictObject({
  gt: Second.optional(),
  gte: Second.optional(),
  lt: Second.optional(),
  lte: Second.optional(),
});
export type Created = z.output<typeof Created>;

export const Nothing = z.strictObject({});
export const ListPage = z.strictObject(pages);
export const ListCharges = z.strictObject({
  ...pages,
  invoice: Id.optional(),
  created: Created.optional(),
});
export const ListRefunds = z.strictObject({
  ...pages,
  charge: Id.optional(),
  invoice: Id.optional(),
  metadata: z.strictObject({ action_key: text(500) }).optional(),
  created: Created.optional(),
});

/** The parsed parameters; throws 400 with Stripe's code for the first thing that is wrong. */
export function parseParameters<T extends z.ZodType>(schema: T, parameters: Tree): z.output<T> {
  refusePrototypeNames(parameters);
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue ? refusalOf(issue, parameters) : invalid("parameter_invalid", "Invalid parameters.");
}

function refusalOf(issue: z.core.$ZodIssue, parameters: Tree): BillingError {
  if (issue.code === "unrecognized_keys") {
    const name = nameOf([...issue.path, issue.keys[0] ?? ""]);
    return invalid("parameter_unknown", `Received unknown parameter: ${name}`, name);
  }
  const name = nameOf(issue.path);
  const [first] = issue.path;
  if (issue.path.length === 1 && parameters[String(first)] === undefined) {
    return invalid("parameter_missing", `Missing required param: ${name}.`, name);
  }
  if (issue.code === "custom" && typeof issue.params?.code === "string") {
    return invalid(issue.params.code, issue.message, name);
  }
  return invalid("parameter_invalid", `Invalid ${name || "request"}: ${issue.message}`, name || undefined);
}

// zod leaves this name out without a word; a sender must hear of it.
function refusePrototypeNames(parameters: Tree): void {
  for (const [name, value] of Object.entries({ "": parameters, ...parameters })) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, "__proto__")) continue;
    const path = name ? `${name}[__proto__]` : "__proto__";
    throw invalid("parameter_unknown", `Received unknown parameter: ${path}`, path);
  }
}

// metadata[k], as the sender wrote it.
function nameOf([first, ...rest]: PropertyKey[]): string {
  return [String(first ?? ""), ...rest.map((part) => `[${String(part)}]`)].join("").slice(0, 120);
}
