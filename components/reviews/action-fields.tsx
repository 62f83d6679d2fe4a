import { formatMoney } from "@/components/ui/money-text";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { fieldWords } from "@/lib/kernel/field-words";
import { keywordText } from "./keyword-text";
import { ReadableValue } from "./readable-value";

type Props = {
  fields: JsonObject;
  /** What the action moves, where it moves money: its number reads as money. */
  amount?: { amount: number; currency: string } | null;
  className?: string;
};

/** The fields of an action in words, one line each; what has parts is a tree. */
export function ActionFields({ fields, amount, className }: Props) {
  const money = amount ?? moneyOf(fields);
  const isAmount = (name: string, value: JsonValue) =>
    name.toLowerCase().includes("amount") && value === money?.amount;
  return (
    <dl className={`divide-y rounded-card border text-sm ${className ?? ""}`}>
      {Object.entries(fields).map(([name, value]) => (
        <div key={name} className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-3 px-3 py-2">
          <dt className="min-w-0 break-words text-muted-foreground">
            <UntrustedInline text={fieldWords(name)} />
          </dt>
          <dd className="min-w-0 break-words tabular-nums">
            {money && isAmount(name, value) ? (
              <span className="font-semibold">{formatMoney(money.amount, money.currency)}</span>
            ) : (
              <ReadableValue value={typeof value === "string" ? keywordText(value) : value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `{ amount: 9800, currency: "EUR" }` beside each other are money, as everywhere in the API. */
function moneyOf({ amount, currency }: JsonObject) {
  const isMoney = Number.isSafeInteger(amount) && typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
  return isMoney ? { amount: Number(amount), currency } : null;
}
