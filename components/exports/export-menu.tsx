"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Braces, Download, Table2 } from "lucide-react";
import { MenuPanel, menuRow } from "@/components/ui/menu-panel";
import { useToast } from "@/components/ui/toast";
import { exportsKey, startExport } from "@/lib/exports/client";
import type { ExportFormat, ExportKind } from "@/lib/exports/schema";
import type { JsonObject } from "@/lib/kernel/json";

type Props = {
  kind: ExportKind;
  /** The list's filter as it stands; what is not set is left out. */
  filter: Record<string, string | undefined>;
};

const formats: { format: ExportFormat; label: string; hint: string; icon: typeof Table2 }[] = [
  { format: "csv", label: "CSV", hint: "for spreadsheets; formulas are made harmless", icon: Table2 },
  { format: "jsonl", label: "JSONL", hint: "for programs; every value exactly", icon: Braces },
];

/** Takes the list as it is filtered now out into a file; the job tray follows it. */
export function ExportMenu({ kind, filter }: Props) {
  const client = useQueryClient();
  const { toast } = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: (format: ExportFormat) => startExport({ kind, format, filter: setOnly(filter) }),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsKey }),
    onError: ({ message }) => toast({ title: "It was not exported", description: message, tone: "error" }),
  });
  return (
    <MenuPanel label="Export" icon={<Download aria-hidden />}>
      {(close) => (
        <>
          <p className="px-2 py-1.5 text-xs text-muted-foreground">
            What these filters show, all pages of it
          </p>
          {formats.map(({ format, label, hint, icon: Icon }) => (
            <button
              key={format}
              type="button"
              className={menuRow}
              disabled={isPending}
              onClick={() => {
                close();
                mutate(format);
              }}
            >
              <Icon aria-hidden />
              <span className="flex flex-col py-1">
                {label}
                <span className="text-xs text-muted-foreground">{hint}</span>
              </span>
            </button>
          ))}
        </>
      )}
    </MenuPanel>
  );
}

function setOnly(filter: Props["filter"]): JsonObject {
  const set: JsonObject = {};
  for (const [key, value] of Object.entries(filter)) if (value !== undefined) set[key] = value;
  return set;
}
