"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { FilterChoice, filterRow } from "@/components/ui/filter-choice";
import { ColumnChooser } from "./column-chooser";

type Facet = { key: string; name: string };
export type Facets = { apps: Facet[]; types: Facet[]; queues: Facet[] };

const text = parseAsString.withDefault("");

/** Filters that live in the address, so that a list can be sent to somebody. */
export function InboxFilters({ facets }: { facets: Facets }) {
  const [pending, startTransition] = useTransition();
  const [filter, setFilter] = useQueryStates(
    { app: text, type: text, queue: text },
    { shallow: false, startTransition, clearOnDefault: true },
  );
  const some = filter.app !== "" || filter.type !== "" || filter.queue !== "";
  return (
    <search className={filterRow} aria-busy={pending}>
      <FilterChoice
        label="App"
        all="All apps"
        value={filter.app}
        options={facets.apps}
        onPick={(app) => void setFilter({ app })}
      />
      <FilterChoice
        label="Decision type"
        all="All types"
        value={filter.type}
        options={facets.types}
        onPick={(type) => void setFilter({ type })}
      />
      <FilterChoice
        label="Queue"
        all="All queues"
        value={filter.queue}
        options={facets.queues}
        onPick={(queue) => void setFilter({ queue })}
      />
      {some ? (
        <Button variant="ghost" size="sm" onClick={() => void setFilter({ app: "", type: "", queue: "" })}>
          Clear filters
        </Button>
      ) : null}
      <ColumnChooser />
    </search>
  );
}
