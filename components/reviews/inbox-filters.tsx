"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
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
    <search className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <Choice
        label="App"
        all="All apps"
        value={filter.app}
        options={facets.apps}
        onPick={(app) => setFilter({ app })}
      />
      <Choice
        label="Decision type"
        all="All types"
        value={filter.type}
        options={facets.types}
        onPick={(type) => setFilter({ type })}
      />
      <Choice
        label="Queue"
        all="All queues"
        value={filter.queue}
        options={facets.queues}
        onPick={(queue) => setFilter({ queue })}
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

type ChoiceProps = {
  label: string;
  all: string;
  value: string;
  options: Facet[];
  onPick: (key: string) => Promise<unknown>;
};

function Choice({ label, all, value, options, onPick }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => void onPick(event.target.value)}
      className="w-auto"
    >
      <option value="">{all}</option>
      {options.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </Select>
  );
}
