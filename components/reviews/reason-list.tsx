import { Badge } from "@/components/ui/badge";
import { formatMoney } from "@/components/ui/money-text";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { Reason } from "@/lib/decisions/schema";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { reasonChip } from "./reason-words";

/** Why a decision came to a person: each rule that hit, with the values that made it hit. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {reasons.map((reason, index) => (
        <li key={`${reason.code}${index}`} className="flex flex-col gap-0.5">
          <Badge tone="review">{reasonChip(reason)}</Badge>
          <span className="text-sm text-muted-foreground">{reason.message}.</span>
          <Matched detail={reason.detail} />
        </li>
      ))}
    </ul>
  );
}

function Matched({ detail }: { detail: JsonObject | undefined }) {
  const values = Object.entries(detail ?? {}).filter(
    ([name, value]) => typeof value !== "object" && !isId(value) && !isSaid(name, detail),
  );
  if (values.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-3 text-xs text-muted-foreground">
      {values.map(([name, value]) => (
        <div key={name} className="flex gap-1">
          <dt>{name.replaceAll("_", " ")}</dt>
          <dd className="font-semibold text-foreground tabular-nums">
            <UntrustedInline text={textOf(name, value, detail?.["currency"])} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

// Money is written with its currency already.
const isSaid = (name: string, detail: JsonObject | undefined) =>
  name === "currency" && (detail?.["amount"] !== undefined || detail?.["cap"] !== undefined);

// Ids are for machines; whoever wants them finds them in the API.
const isId = (value: JsonValue) => typeof value === "string" && /^[a-z]{3}_[0-9a-z]{26}$/.test(value);

function textOf(name: string, value: JsonValue, currency: JsonValue | undefined): string {
  const isMoney = (name === "amount" || name === "cap") && typeof value === "number";
  if (isMoney && typeof currency === "string") return formatMoney(value, currency);
  return name === "confidence" && typeof value === "number" ? formatConfidence(value) : plain(value);
}

const plain = (value: JsonValue) => (typeof value === "string" ? value : JSON.stringify(value));
