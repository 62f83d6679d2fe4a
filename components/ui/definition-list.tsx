import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Item = { term: string; detail: ReactNode };

/** Names and values in two columns; stacked when the column is narrow. */
export function DefinitionList({ items, className }: { items: Item[]; className?: string }) {
  return (
    <dl className={cn("grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-2 text-sm", className)}>
      {items.map(({ term, detail }) => (
        <Fragment key={term}>
          <dt className="text-muted-foreground">{term}</dt>
          <dd className="min-w-0 break-words">{detail}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
