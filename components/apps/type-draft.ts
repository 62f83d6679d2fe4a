import { readJsonObject } from "@/components/apps/json-text";
import { minorOf } from "@/components/apps/money-draft";
import { formText } from "@/components/identity/form-text";
import type { Compensation, Reversibility, Segment } from "@/lib/apps/schema";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

export type TypeBody = {
  name: string;
  description: string;
  input_schema: JsonObject;
  arguments_schema: JsonObject;
  action_id: string | null;
  queue: { lease_seconds: number; undo_seconds: number };
  reversibility: Reversibility;
  cost_wrong_yes: number;
  cost_wrong_no: number;
  currency: string;
  amount_pointer: string | null;
  currency_pointer: string | null;
  summary_template: string;
  decline_reasons: string[];
  approval_ttl_minutes: number;
  compensation: Compensation | null;
  segments: Segment[];
};

/** The request a type's form makes, or what in it cannot be read. */
export function typeBodyOf(
  form: FormData,
): { ok: true; body: TypeBody } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const json = (name: string): JsonObject => {
    const read = readJsonObject(formText(form, name));
    if (read.ok) return read.value;
    const pointer = `/${name.replace("compensation_", "compensation/")}`;
    errors.push({ pointer, code: "malformed_json", message: read.message });
    return {};
  };
  const currency = formText(form, "currency").trim().toUpperCase();
  const money = (name: string): number => {
    const minor = minorOf(formText(form, name) || "0", currency);
    if (minor === undefined)
      errors.push({ pointer: `/${name}`, code: "money", message: "Write an amount such as 150.00" });
    return minor ?? 0;
  };
  const undoneBy = formText(form, "compensation_type").trim();
  const body: TypeBody = {
    name: formText(form, "name"),
    description: formText(form, "description"),
    approval_ttl_minutes: Number(formText(form, "approval_ttl_minutes")),
    compensation: undoneBy ? { type: undoneBy, arguments: json("compensation_arguments") } : null,
    input_schema: json("input_schema"),
    arguments_schema: json("arguments_schema"),
    action_id: formText(form, "action_id") || null,
    queue: {
      lease_seconds: Number(formText(form, "lease_minutes")) * 60,
      undo_seconds: Number(formText(form, "undo_seconds")),
    },
    // The select offers these values and no other; the server checks them again.
    reversibility: formText(form, "reversibility") as Reversibility,
    cost_wrong_yes: money("cost_wrong_yes"),
    cost_wrong_no: money("cost_wrong_no"),
    currency,
    amount_pointer: formText(form, "amount_pointer").trim() || null,
    currency_pointer: formText(form, "currency_pointer").trim() || null,
    summary_template: formText(form, "summary_template"),
    decline_reasons: formText(form, "decline_reasons")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
    segments: segmentsOf(formText(form, "segments")),
  };
  return errors.length > 0 ? { ok: false, errors } : { ok: true, body };
}

/** `region, Region, /customer/region`, one a line; what is missing is left for the server to name. */
function segmentsOf(text: string): Segment[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [key = "", name = "", ...pointer] = line.split(",").map((part) => part.trim());
      return { key, name, pointer: pointer.join(",") };
    });
}
