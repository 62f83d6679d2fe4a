import { formatMoney } from "@/components/ui/money-text";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { pointerWords } from "@/lib/kernel/field-words";
import { keywordText } from "./keyword-text";

/** What the approval rests on: how the target stood when it was last read. */
export function ObservedState({ observed, amount }: Pick<ReviewView, "observed" | "amount">) {
  if (!observed) return null;
  return (
    <section aria-labelledby="its-state" className="flex flex-col gap-2">
      <h2 id="its-state" className="text-sm font-semibold">
        As it is now{" "}
        <span className="font-normal text-muted-foreground">
          read <Time at={observed.at} />
        </span>
      </h2>
      <dl className="divide-y rounded-card border">
        {Object.entries(observed.values).map(([pointer, value]) => (
          <div
            key={pointer}
            className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-3 px-3 py-2 text-sm"
          >
            <dt className="text-muted-foreground" title={pointer}>
              <UntrustedInline text={pointerWords(pointer)} />
            </dt>
            <dd className="min-w-0 break-words tabular-nums">
              {amount && typeof value === "number" && observed.money.includes(pointer) ? (
                formatMoney(value, amount.currency)
              ) : (
                <UntrustedInline
                  text={typeof value === "string" ? keywordText(value) : JSON.stringify(value)}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-muted-foreground">
        It is read again before anything is sent; if it has changed by then, this comes back to you.
      </p>
    </section>
  );
}
