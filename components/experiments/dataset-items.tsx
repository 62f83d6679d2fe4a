import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { JsonView } from "@/components/ui/json-view";
import { LinkTabs } from "@/components/ui/tabs";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DatasetItemView, DatasetVersionView } from "@/lib/experiments/datasets";
import { splits, type Split } from "@/lib/experiments/vocabulary";
import { splitWords } from "@/lib/experiments/words";
import type { JsonValue } from "@/lib/kernel/json";
import type { List } from "@/lib/kernel/list";

type Props = {
  dataset: string;
  version: DatasetVersionView;
  split: Split | undefined;
  items: List<DatasetItemView>;
};

/** The items of a version, split by split; each opens to what was asked and what is right. */
export function DatasetItems({ dataset, version, split, items }: Props) {
  const address = (more: Record<string, string>) =>
    `/datasets/${dataset}?${new URLSearchParams({ version: version.id, ...more }).toString()}`;
  const last = items.data.at(-1);
  return (
    <section aria-label={`Items of version ${version.version}`} className="flex flex-col gap-3">
      <LinkTabs
        label="Items by split"
        tabs={[
          { href: address({}), label: "All", count: version.items, current: split === undefined },
          ...splits.map((one) => ({
            href: address({ split: one }),
            label: splitWords[one],
            count: version.splits[one],
            current: one === split,
          })),
        ]}
      />
      {items.data.length === 0 ? (
        <EmptyState title="No items here">This split of the version is empty.</EmptyState>
      ) : (
        <ul className="divide-y rounded-card border bg-card">
          {items.data.map((item) => (
            <li key={item.id}>
              <Item item={item} />
            </li>
          ))}
        </ul>
      )}
      {items.has_more && last ? (
        <ButtonLink href={address({ ...(split ? { split } : {}), after: last.id })} className="self-center">
          More items
        </ButtonLink>
      ) : null}
    </section>
  );
}

function Item({ item }: { item: DatasetItemView }) {
  return (
    <details className="text-sm">
      <summary className="flex min-h-10 flex-wrap items-center gap-2 px-4 py-2 pointer-coarse:min-h-12">
        <span className="w-8 text-xs text-muted-foreground tabular-nums">{item.position + 1}</span>
        <Badge tone={item.truth === "positive" ? "approved" : "declined"}>{truthWords[item.truth]}</Badge>
        <Badge look="outline">{splitWords[item.split]}</Badge>
        <UntrustedInline
          text={openingOf(item.input)}
          className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full"
        />
      </summary>
      <div className="grid gap-3 px-4 pb-4 md:grid-cols-3">
        <Part title="Input" value={item.input} />
        <Part title="Expected" value={item.expected} />
        <Part title="Recorded" value={item.recorded} />
        <p className="text-xs text-muted-foreground md:col-span-3">
          Subject <UntrustedInline text={item.subject} />, weight {item.weight.toFixed(2)}
          {item.decision_id === null ? null : (
            <>
              ,{" "}
              <Link href={`/decisions/${item.decision_id}`} className="underline">
                its decision
              </Link>
            </>
          )}
        </p>
      </div>
    </details>
  );
}

/** Was acting right? */
export const truthWords = { positive: "Acting is right", negative: "Acting is wrong" } as const;

/** One part of an item: hostile JSON under its name. */
export function Part({ title, value }: { title: string; value: JsonValue }) {
  return (
    <div className="min-w-0">
      <h2 className="mb-1 text-xs font-semibold text-muted-foreground">{title}</h2>
      {value === null ? (
        <p className="text-muted-foreground">Not known</p>
      ) : (
        <JsonView value={value} openTo={2} />
      )}
    </div>
  );
}

/** The first words of an input, for a line. */
export function openingOf(input: JsonValue): string {
  if (typeof input === "string") return input.slice(0, 160);
  if (typeof input !== "object" || input === null) return String(input);
  const texts = Object.values(input).filter((value) => typeof value === "string");
  return (texts.join(" · ") || JSON.stringify(input)).slice(0, 160);
}
