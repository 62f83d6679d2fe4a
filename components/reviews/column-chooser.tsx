"use client";

import { Columns3 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useHiddenColumns } from "./use-hidden-columns";

const choices = [
  { id: "due", label: "Time left" },
  { id: "severity", label: "Severity" },
  { id: "amount", label: "Amount" },
  { id: "confidence", label: "Confidence" },
  { id: "why", label: "Why here" },
  { id: "age", label: "Age" },
  { id: "holder", label: "Held by" },
];

/** Which columns the list shows. The proposal and the box to select it always stay. */
export function ColumnChooser() {
  const id = useId();
  const [hidden, setHidden] = useHiddenColumns();
  function set(column: string, state: "shown" | "hidden"): void {
    const rest = [...hidden].filter((each) => each !== column);
    setHidden(new Set(state === "hidden" ? [...rest, column] : rest));
  }
  return (
    <>
      <Button
        variant="ghost"
        popoverTarget={id}
        style={{ anchorName: "--columns" }}
        className="ms-auto max-md:hidden"
      >
        <Columns3 aria-hidden />
        Columns
      </Button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label="Columns"
        style={{ positionAnchor: "--columns", positionArea: "bottom span-left" }}
        className="m-0 mt-1 w-52 rounded-card border bg-popover p-3 text-sm text-popover-foreground shadow-floating open:animate-fade-in"
      >
        <div className="flex flex-col gap-2">
          {choices.map(({ id: column, label }) => (
            <Checkbox
              key={column}
              label={label}
              checked={!hidden.has(column)}
              onChange={(event) => set(column, event.target.checked ? "shown" : "hidden")}
            />
          ))}
        </div>
      </div>
    </>
  );
}
