"use client";

import { cn } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";

/** Where filters stand: two a row on a phone, one after another elsewhere. */
export const filterRow = "grid grid-cols-2 items-center gap-2 md:flex md:flex-wrap";

type Props = {
  label: string;
  /** What stands for no choice: “All apps”. */
  all: string;
  options: readonly { key: string; name: string }[];
  value: string;
  onPick: (key: string) => void;
  className?: string;
};

/** One filter of a list: one of its values, or all of them. */
export function FilterChoice({ label, all, options, value, onPick, className }: Props) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onPick(event.target.value)}
      className={cn("md:w-auto md:max-w-56", className)}
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
