"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterChoice, filterRow } from "@/components/ui/filter-choice";
import { Select } from "@/components/ui/select";
import { ranges, type Range, type Shown } from "@/lib/evaluations/client";

type Facet = { key: string; name: string };
export type EvaluationFacets = {
  apps: Facet[];
  types: Facet[];
  prompts: string[];
  models: string[];
  /** Values of the segments that the chosen type declares: `region:north`. */
  segments: Facet[];
};

const text = parseAsString.withDefault("");
const off = parseAsBoolean.withDefault(false);
const rangeWords: Record<Range, string> = {
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "1y": "Last year",
};
const none = { app: "", type: "", prompt: "", model: "", segment: "", labelled: false } as const;

/** What the dashboards are about; it lives in the address, so that a view can be sent to somebody. */
export function useShown() {
  return useQueryStates(
    {
      app: text,
      type: text,
      prompt: text,
      model: text,
      segment: text,
      labelled: off,
      previous: off,
      range: parseAsStringLiteral(ranges).withDefault("24h"),
    },
    { clearOnDefault: true },
  );
}

export function FilterBar({ facets }: { facets: EvaluationFacets }) {
  const [shown, setShown] = useShown();
  const some = Object.entries(none).some(([key, value]) => shown[key as keyof typeof none] !== value);
  return (
    <search className={filterRow}>
      <FilterChoice
        label="App"
        all="All apps"
        options={facets.apps}
        value={shown.app}
        onPick={(app) => void setShown({ app })}
      />
      <FilterChoice
        label="Decision type"
        all="All types"
        options={facets.types}
        value={shown.type}
        // The type says which segments there are, which only the server knows.
        onPick={(type) => void setShown({ type, segment: "" }, { shallow: false })}
      />
      {facets.segments.length === 0 && shown.segment === "" ? null : (
        <FilterChoice
          label="Segment"
          all="All segments"
          options={withChosen(facets.segments, shown.segment)}
          value={shown.segment}
          onPick={(segment) => void setShown({ segment })}
        />
      )}
      <FilterChoice
        label="Prompt version"
        all="All prompt versions"
        options={withChosen(named(facets.prompts), shown.prompt)}
        value={shown.prompt}
        onPick={(prompt) => void setShown({ prompt })}
      />
      <FilterChoice
        label="Model"
        all="All models"
        options={withChosen(named(facets.models), shown.model)}
        value={shown.model}
        onPick={(model) => void setShown({ model })}
      />
      <Select
        aria-label="Time range"
        className="md:w-auto"
        value={shown.range}
        onChange={(event) => void setShown({ range: event.target.value as Shown["range"] })}
      >
        {ranges.map((range) => (
          <option key={range} value={range}>
            {rangeWords[range]}
          </option>
        ))}
      </Select>
      <Checkbox
        className="max-md:col-span-2"
        label="Compare to the time before"
        checked={shown.previous}
        onChange={(event) => void setShown({ previous: event.target.checked })}
      />
      <Checkbox
        label="Only labelled"
        checked={shown.labelled}
        onChange={(event) => void setShown({ labelled: event.target.checked })}
      />
      {some ? (
        <Button variant="ghost" size="sm" onClick={() => void setShown(none, { shallow: false })}>
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}

const named = (keys: readonly string[]): Facet[] => keys.map((key) => ({ key, name: key }));

/** What is chosen stays among the options, though the newest decisions no longer name it. */
function withChosen(options: Facet[], chosen: string): Facet[] {
  return chosen === "" || options.some(({ key }) => key === chosen)
    ? options
    : [...options, { key: chosen, name: chosen }];
}
