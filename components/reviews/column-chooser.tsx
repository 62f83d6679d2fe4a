"use client";

import { Columns3 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { Column } from "@/components/ui/data-row";
import type { InboxRow } from "./use-steady-rows";

type Props = {
  columns: Column<InboxRow>[];
  hidden: ReadonlySet<string>;
  onHide: (hidden: ReadonlySet<string>) => void;
};

/** Which columns the list shows. The proposal and the box to select it always stay. */
export function ColumnChooser({ columns, hidden, onHide }: Props) {
  const id = useId();
  const choices = columns.filter((column) => column.role === undefined);
  function set(column: string, state: "shown" | "hidden"): void {
    const rest = [...hidden].filter((each) => each !== column);
    onHide(new Set(state === "hidden" ? [...rest, column] : rest));
  }
  return (
    <div className="relative -mt-11 flex h-8 justify-end self-end max-md:hidden">
      <Button variant="ghost" popoverTarget={id} style={{ anchorName: "--columns" }}>
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
          {choices.map((column) => (
            <Checkbox
              key={column.id}
              label={typeof column.header === "string" ? column.header : column.id}
              checked={!hidden.has(column.id)}
              onChange={(event) => set(column.id, event.target.checked ? "shown" : "hidden")}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
