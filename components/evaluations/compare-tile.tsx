"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { FilterChoice } from "@/components/ui/filter-choice";
import { Select } from "@/components/ui/select";
import type { Shown } from "@/lib/evaluations/client";
import { BoardTile } from "./board-tile";
import type { EvaluationFacets } from "./filter-bar";

const kinds = ["prompt_version", "model"] as const;
const kindWords = { prompt_version: "Prompt versions", model: "Models" } as const;
const text = parseAsString.withDefault("");

/** Two versions beside each other; which ones stands in the address. */
export function CompareTile({ shown, facets }: { shown: Shown; facets: EvaluationFacets }) {
  const [{ a, b, by }, set] = useQueryStates(
    { a: text, b: text, by: parseAsStringLiteral(kinds).withDefault("prompt_version") },
    { clearOnDefault: true },
  );
  const options = (by === "model" ? facets.models : facets.prompts).map((key) => ({ key, name: key }));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="What is compared"
          className="w-auto"
          value={by}
          onChange={(event) => void set({ by: event.target.value as typeof by, a: "", b: "" })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </Select>
        <FilterChoice
          label="First version"
          all="The later of an app’s two largest"
          options={options}
          value={a}
          onPick={(next) => void set({ a: next })}
        />
        <FilterChoice
          label="Second version"
          all="The earlier of an app’s two largest"
          options={options}
          value={b}
          onPick={(next) => void set({ b: next })}
        />
      </div>
      <BoardTile tile="compare_versions" shown={shown} compared={{ a, b, by }} />
    </>
  );
}
