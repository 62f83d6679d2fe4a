import { atPointer, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { formatMoney, type Money } from "@/lib/kernel/money";

/**
 * The sentence that says what an action does, drawn by us from validated arguments and never from the model's prose:
 * `{amount}` is the amount in words people use, `{/pointer}` an argument. Unknown places read "?".
 */
export function actionSummary(template: string, name: string, args: JsonObject, money: Money | null): string {
  if (template === "") return name;
  return template.replaceAll(/\{([^{}]*)\}/g, (_match, place: string) => {
    if (place === "amount") return money ? formatMoney(money) : "?";
    return place.startsWith("/") ? plain(atPointer(args, place)) : "?";
  });
}

function plain(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "?";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
