import { atPointer, type JsonObject } from "@/lib/kernel/json";
import { actionSummary } from "./summary";

/** What of a decision its sentence is drawn from; `arguments` as a person corrected them, if one did. */
export type Told = {
  type_name: string;
  summary_template: string;
  arguments: JsonObject;
  is_edited: boolean;
  amount_pointer: string | null;
  amount: string | number | null;
  currency: string | null;
};

/** What was decided, in the sentence that the person concerned is told. */
export function toldSummary(told: Told): string {
  return actionSummary(told.summary_template, told.type_name, told.arguments, moneyOf(told));
}

// What a person corrected is what was decided, its amount too.
function moneyOf({ is_edited, amount_pointer, amount, currency, arguments: args }: Told) {
  if (currency === null) return null;
  const edited = is_edited && amount_pointer ? atPointer(args, amount_pointer) : undefined;
  const minor = typeof edited === "number" ? edited : amount;
  return minor === null ? null : { amount: Number(minor), currency };
}
