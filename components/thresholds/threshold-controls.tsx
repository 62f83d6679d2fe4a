"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { filterRow } from "@/components/ui/filter-choice";
import { Select } from "@/components/ui/select";
import { formatMoney } from "@/components/ui/money-text";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { ContractView } from "@/lib/autonomy/views";
import { HowComputed } from "./how-computed";
import { type Change, type Looking, periodWords } from "./use-looking";

export type TypeChoice = { id: string; key: string; name: string };

type Props = {
  types: TypeChoice[];
  looking: Looking;
  /** Of this type and kind. */
  contracts: ContractView[];
  /** Its id, or "all". */
  contract: string;
  change: Change;
  data: ThresholdData | undefined;
};

/** Which decisions: the type, what was proposed, the amounts, the period. */
export function ThresholdControls({ types, looking, contracts, contract, change, data }: Props) {
  return (
    <search className={filterRow}>
      <Select
        aria-label="Decision type"
        className="md:w-auto md:max-w-64"
        value={looking.type}
        onChange={(event) => change({ type: event.target.value, contract: "", at: null })}
      >
        {types.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="What was proposed"
        className="max-md:col-span-2 md:w-auto"
        value={looking.predicted}
        onChange={(event) =>
          change({ predicted: event.target.value as Looking["predicted"], contract: "", at: null })
        }
      >
        <option value="positive">Proposals to act</option>
        <option value="negative">Proposals to leave things as they are</option>
      </Select>
      {contracts.length > 0 ? (
        <Select
          aria-label="Amounts"
          className="md:w-auto md:max-w-64"
          value={contract}
          onChange={(event) => change({ contract: event.target.value, at: null })}
        >
          {contracts.map((one) => (
            <option key={one.id} value={one.id}>
              {bandOf(one)}
            </option>
          ))}
          {contracts.length > 1 ? <option value="all">All amounts together</option> : null}
        </Select>
      ) : null}
      <Select
        aria-label="Period"
        className="md:w-auto"
        value={looking.days}
        onChange={(event) => change({ days: event.target.value as Looking["days"] })}
      >
        {Object.entries(periodWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      {data && /[RW]/.test(data.columns.label) ? (
        <Checkbox
          className="max-md:col-span-2"
          label="Count outcomes of decisions that nobody drew"
          checked={looking.outcomes === "all"}
          onChange={(event) => change({ outcomes: event.target.checked ? "all" : "drawn" })}
        />
      ) : null}
      <span className="ms-auto">
        <HowComputed />
      </span>
    </search>
  );
}

function bandOf({ amount_from: from, amount_to: to, currency }: ContractView): string {
  const money = (amount: number) => formatMoney(amount, currency);
  if (from === null && to === null) return "Contract: any amount";
  if (from === null) return `Contract: below ${money(to ?? 0)}`;
  return to === null ? `Contract: from ${money(from)}` : `Contract: ${money(from)} to below ${money(to)}`;
}
