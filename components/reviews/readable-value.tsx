import type { ReactNode } from "react";
import { JsonView } from "@/components/ui/json-view";
import { formatMoney } from "@/components/ui/money-text";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";
import { readableOf } from "./readable";

/** Money and moments as people read them, anything else as text; what has parts is a tree. */
export function ReadableValue({ value }: { value: JsonValue }): ReactNode {
  const readable = readableOf(value);
  if (!readable) return <JsonView value={value} openTo={1} />;
  if (readable.kind === "moment") return <Time at={readable.at} />;
  if (readable.kind === "text") return <UntrustedInline text={readable.text} />;
  return (
    <span className="tabular-nums" title={`${readable.amount} minor units of ${readable.currency}`}>
      {formatMoney(readable.amount, readable.currency)}
    </span>
  );
}
