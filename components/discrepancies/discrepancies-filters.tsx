"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { FilterChoice, filterRow } from "@/components/ui/filter-choice";
import { Progress } from "@/components/ui/progress";
import { pairWords, possiblePairs } from "@/lib/discrepancies/sides";
import { causes } from "@/lib/kernel/statuses";
import { causeWords } from "./status";

type Props = {
  apps: { key: string; name: string }[];
  /** Issues have no pairs. */ pairs: "with_pairs" | "without_pairs";
};

const text = parseAsString.withDefault("");
const keys = { app: text, cause: text, pair: text, after: text };

/** Filters that live in the address, so that a list can be sent to somebody. */
export function DiscrepanciesFilters({ apps, pairs }: Props) {
  const [pending, startTransition] = useTransition();
  const [filter, setFilter] = useQueryStates(keys, {
    shallow: false,
    startTransition,
    clearOnDefault: true,
    history: "push",
  });
  const pick = (part: Partial<typeof filter>) => void setFilter({ ...part, after: "" });
  const { app, cause, pair } = filter;
  return (
    <search aria-busy={pending} className={cn(filterRow, "relative")}>
      <FilterChoice label="App" all="All apps" options={apps} value={app} onPick={(app) => pick({ app })} />
      <FilterChoice
        label="Cause"
        all="Any cause"
        options={causes.map((key) => ({ key, name: causeWords[key] }))}
        value={cause}
        onPick={(cause) => pick({ cause })}
      />
      {pairs === "with_pairs" ? (
        <FilterChoice
          label="Who disagrees"
          all="Anybody"
          options={possiblePairs.map((key) => ({ key, name: pairWords(key) }))}
          value={pair}
          onPick={(pair) => pick({ pair })}
        />
      ) : null}
      {app || cause || pair ? (
        <Button variant="ghost" size="sm" onClick={() => pick({ app: "", cause: "", pair: "" })}>
          Clear filters
        </Button>
      ) : null}
      {pending ? <Progress label="Loading" className="absolute inset-x-0 -bottom-2" /> : null}
    </search>
  );
}
