"use client";

import { Search } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { FilterChoice, filterRow } from "@/components/ui/filter-choice";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { statusWord } from "@/components/ui/status-badge";
import type { DecisionStatus } from "@/lib/decisions/schema";

type Facet = { key: string; name: string };
type Props = { apps: Facet[]; types: Facet[] };

const statuses: DecisionStatus[] = [
  "in_review",
  "awaiting_second",
  "approved",
  "declined",
  "expired",
  "cancelled",
  "superseded",
  "recorded",
];
const text = parseAsString.withDefault("");
const keys = { app: text, type: text, status: text, subject: text, q: text, from: text, to: text };
// A page of the old filter says nothing about the new one; moments come from other pages' links only.
const places = {
  after: text,
  before: text,
  "created_at[gte]": text,
  "created_at[lt]": text,
  prompt_version: text,
};
const cleared = { app: "", type: "", status: "", subject: "", q: "", from: "", to: "" };

/** Filters that live in the address, so that a list can be sent to somebody. */
export function DecisionsFilters({ apps, types }: Props) {
  const [pending, startTransition] = useTransition();
  const [filter, setFilter] = useQueryStates(
    { ...keys, ...places },
    { shallow: false, startTransition, clearOnDefault: true, history: "push" },
  );
  const pick = (part: Partial<typeof cleared>) => void setFilter({ ...part, after: "", before: "" });
  const some = Object.entries(filter).some(
    ([key, value]) => value !== "" && key !== "after" && key !== "before",
  );
  return (
    <search aria-busy={pending} className="relative flex flex-col gap-2">
      <div className={filterRow}>
        <SearchBox key={filter.q} value={filter.q} onSearch={(q) => pick({ q })} />
        <FilterChoice
          label="App"
          all="All apps"
          options={apps}
          value={filter.app}
          onPick={(app) => pick({ app })}
        />
        <FilterChoice
          label="Decision type"
          all="All types"
          options={types}
          value={filter.type}
          onPick={(type) => pick({ type })}
        />
        <FilterChoice
          label="Status"
          all="Any status"
          options={statuses.map((key) => ({ key, name: statusWord("decision", key) }))}
          value={filter.status}
          onPick={(status) => pick({ status })}
          className="max-md:col-span-2"
        />
        <Day label="From" value={filter.from} onPick={(from) => pick({ from })} />
        <Day label="To" value={filter.to} onPick={(to) => pick({ to })} />
        {filter.subject ? (
          <Button size="sm" onClick={() => pick({ subject: "" })}>
            Subject {filter.subject} ×
          </Button>
        ) : null}
        {some ? (
          <Button
            variant="ghost"
            size="sm"
            onClick={() =>
              void setFilter({
                ...cleared,
                after: "",
                before: "",
                "created_at[gte]": "",
                "created_at[lt]": "",
                prompt_version: "",
              })
            }
          >
            Clear filters
          </Button>
        ) : null}
      </div>
      {pending ? <Progress label="Loading decisions" className="absolute inset-x-0 -bottom-2" /> : null}
    </search>
  );
}

function SearchBox({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  return (
    <form
      className="relative col-span-2 md:w-72"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute start-2.5 top-1/2 size-3.5 -translate-y-1/2 text-subtle-foreground"
      />
      <Input
        type="search"
        aria-label="Search by id, external id or subject id"
        placeholder="Id, external id or subject id"
        className="ps-8"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.target.value === "" && value !== "") onSearch("");
        }}
      />
    </form>
  );
}

function Day({ label, value, onPick }: { label: string; value: string; onPick: (day: string) => void }) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-xs text-muted-foreground">
      <span className="max-md:w-8">{label}</span>
      <Input
        type="date"
        value={value}
        onChange={(event) => onPick(event.target.value)}
        className="w-full md:w-34"
      />
    </label>
  );
}
