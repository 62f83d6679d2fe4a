import Link from "next/link";
import type { ReactNode } from "react";
import { JsonView } from "@/components/ui/json-view";
import { formatMoney } from "@/components/ui/money-text";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";
import { readableOf } from "./readable";

/** Money, moments and what of ours is named as people read them, anything else as text; what has parts is a tree. */
export function ReadableValue({ value }: { value: JsonValue }): ReactNode {
  const readable = readableOf(value);
  if (!readable) return <JsonView value={value} openTo={1} />;
  if (readable.kind === "moment") return <Time at={readable.at} />;
  if (readable.kind === "text") return <UntrustedInline text={readable.text} />;
  if (readable.kind === "record")
    return (
      <Link
        href={readable.href}
        prefetch={false}
        className="font-mono text-sm underline decoration-border-strong underline-offset-4 hover:decoration-current"
      >
        {readable.id}
      </Link>
    );
  return (
    <span className="tabular-nums" title={`${readable.amount} minor units of ${readable.currency}`}>
      {formatMoney(readable.amount, readable.currency)}
    </span>
  );
}
