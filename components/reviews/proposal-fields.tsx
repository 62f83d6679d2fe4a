import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { currentValues } from "./current-values";
import { changesOf } from "./edit-values";
import { FieldChange, FieldValue } from "./field-value";
import { fieldWords } from "@/lib/kernel/field-words";
import { isRecord } from "./is-record";

type Props = { review: ReviewView; edited: JsonObject | null };

/** The fields of the action: as they stand now, as proposed, as a person changed them. */
export function ProposalFields({ review, edited }: Props) {
  const { decision, arguments_schema } = review;
  const changes = edited ? changesOf(decision.arguments, edited) : [];
  const current = currentValues(review);
  const fields = Object.keys({ ...decision.arguments, ...edited });
  const known = fields.flatMap((field) => current.get(field) ?? []);
  const heading = edited
    ? "Proposed → edited"
    : known.length > 0
      ? "Now → proposed"
      : "Exactly this is carried out";
  return (
    <section aria-labelledby="proposal-fields" className="flex flex-col gap-2">
      <h2 id="proposal-fields" className="text-sm font-semibold">
        {heading}
      </h2>
      {fields.length === 0 ? (
        <p className="text-sm text-muted-foreground">It takes no arguments.</p>
      ) : (
        <dl className="divide-y rounded-card border">
          {fields.map((field) => {
            const change = changes.find(({ key }) => key === field);
            const proposed = decision.arguments[field];
            const now = current.get(field)?.value;
            const isSet = now !== undefined && !isSame(now, proposed);
            return (
              <div
                key={field}
                className="grid gap-x-3 gap-y-0.5 px-3 py-2 text-sm sm:grid-cols-[minmax(6rem,30%)_minmax(0,1fr)]"
              >
                <dt className="text-muted-foreground">
                  <UntrustedInline text={labelOf(arguments_schema, field, review.amount_pointer)} />
                </dt>
                <dd className="min-w-0">
                  {change ? (
                    <FieldChange review={review} field={field} before={change.before} after={change.after} />
                  ) : isSet ? (
                    <FieldChange review={review} field={field} before={now} after={proposed} />
                  ) : (
                    <FieldValue review={review} field={field} value={proposed} />
                  )}
                  {now !== undefined && isSame(now, proposed) && !change ? (
                    <span className="text-xs text-subtle-foreground">as it is now</span>
                  ) : null}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {known.length > 0 && !edited ? (
        <p className="text-xs text-muted-foreground">
          {known.every(({ by }) => by === "system")
            ? "What stands now is as its system was last read."
            : "What stands now is as the app says; it was not read from the system."}
        </p>
      ) : null}
    </section>
  );
}

const isSame = (a: JsonValue | undefined, b: JsonValue | undefined) =>
  JSON.stringify(a) === JSON.stringify(b);

function labelOf(schema: JsonObject, field: string, amountPointer: string | null): string {
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  const rule = Object.hasOwn(properties, field) ? properties[field] : undefined;
  // A title such as "Amount in minor units" would be wrong beside money as people read it.
  if (isRecord(rule) && typeof rule["title"] === "string" && amountPointer !== `/${field}`)
    return rule["title"];
  return fieldWords(field);
}
