"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { type ReactNode, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
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
    <search aria-busy={pending} className="relative grid grid-cols-2 items-center gap-2 md:flex md:flex-wrap">
      <Choice label="App" all="All apps" value={app} onPick={(app) => pick({ app })}>
        {apps.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label="Cause" all="Any cause" value={cause} onPick={(cause) => pick({ cause })}>
        {causes.map((each) => (
          <option key={each} value={each}>
            {causeWords[each]}
          </option>
        ))}
      </Choice>
      {pairs === "with_pairs" ? (
        <Choice label="Who disagrees" all="Anybody" value={pair} onPick={(pair) => pick({ pair })}>
          {possiblePairs.map((each) => (
            <option key={each} value={each}>
              {pairWords(each)}
            </option>
          ))}
        </Choice>
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

type ChoiceProps = {
  label: string;
  all: string;
  value: string;
  onPick: (key: string) => void;
  children: ReactNode;
};

function Choice({ label, all, value, onPick, children }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onPick(event.target.value)}
      className="md:w-auto"
    >
      <option value="">{all}</option>
      {children}
    </Select>
  );
}
