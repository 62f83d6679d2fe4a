"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { ranges, type Range, type Shown } from "@/lib/evaluations/client";

type Facet = { key: string; name: string };
export type EvaluationFacets = { apps: Facet[]; types: Facet[]; prompts: string[] };

const text = parseAsString.withDefault("");
const rangeWords: Record<Range, string> = {
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "1y": "Last year",
};

/** What the dashboards are about; it lives in the address, so that a view can be sent to somebody. */
export function useShown() {
  return useQueryStates(
    { app: text, type: text, prompt: text, range: parseAsStringLiteral(ranges).withDefault("24h") },
    { clearOnDefault: true },
  );
}

export function FilterBar({ facets }: { facets: EvaluationFacets }) {
  const [shown, setShown] = useShown();
  const some = shown.app !== "" || shown.type !== "" || shown.prompt !== "";
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Choice
        label="App"
        all="All apps"
        options={facets.apps}
        value={shown.app}
        onPick={(app) => setShown({ app })}
      />
      <Choice
        label="Decision type"
        all="All types"
        options={facets.types}
        value={shown.type}
        onPick={(type) => setShown({ type })}
      />
      <Choice
        label="Prompt version"
        all="All prompt versions"
        options={facets.prompts.map((version) => ({ key: version, name: version }))}
        value={shown.prompt}
        onPick={(prompt) => setShown({ prompt })}
      />
      <Select
        aria-label="Time range"
        className="w-auto"
        value={shown.range}
        onChange={(event) => void setShown({ range: event.target.value as Shown["range"] })}
      >
        {ranges.map((range) => (
          <option key={range} value={range}>
            {rangeWords[range]}
          </option>
        ))}
      </Select>
      {some ? (
        <Button variant="ghost" size="sm" onClick={() => void setShown({ app: "", type: "", prompt: "" })}>
          Clear filters
        </Button>
      ) : null}
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
      className="w-auto max-w-56"
      value={value}
      onChange={(event) => void onPick(event.target.value)}
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
