"use client";

import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ToolList, ToolView } from "@/lib/execution/tools";
import type { JsonObject } from "@/lib/kernel/json";

export type ListTools = (input: { connector: string }) => Promise<Answer<ToolList>>;
export type PickedTool = { key: string; name: string; json: JsonObject };

type Props = { connectorId: string; listTools: ListTools; onPick: (picked: PickedTool) => void };

/** Asks an MCP server for its tools and takes one as what a new action begins with. */
export function ToolPicker({ connectorId, listTools, onPick }: Props) {
  const [tools, setTools] = useState<ToolView[]>();
  const [chosen, setChosen] = useState<string>();
  const { submit, pending, formError } = useSubmit(listTools);
  async function ask() {
    const list = await submit({ connector: connectorId });
    if (list) setTools(list.data);
  }
  return (
    <div className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <Button onClick={() => void ask()} pending={pending} className="self-start">
        Ask the server for its tools
      </Button>
      {tools?.length === 0 ? <p className="text-sm text-muted-foreground">It has no tools.</p> : null}
      {tools && tools.length > 0 ? (
        <ul className="flex flex-col divide-y rounded-control border">
          {tools.map((tool) => (
            <li key={tool.name} className="flex flex-wrap items-center justify-between gap-2 px-3 py-2">
              <span className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-2 font-mono text-xs">
                  <UntrustedInline text={tool.name} />
                  {tool.read_only ? <Badge tone="idle">only reads</Badge> : null}
                </span>
                {tool.description ? (
                  <span className="text-xs text-muted-foreground">
                    <UntrustedInline text={tool.description} />
                  </span>
                ) : null}
              </span>
              <Button
                size="sm"
                aria-pressed={chosen === tool.name}
                onClick={() => {
                  setChosen(tool.name);
                  onPick(pickedOf(tool));
                }}
              >
                {chosen === tool.name ? "Taken" : "Take"} <span className="sr-only">{tool.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function pickedOf(tool: ToolView): PickedTool {
  const key = tool.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return {
    key: key.slice(0, 60),
    name: (tool.title ?? tool.name).slice(0, 100),
    json: {
      tool: tool.name,
      arguments: { $arg: "" },
      error_means_nothing_happened: false,
      success_schema: tool.output_schema ?? {},
      arguments_schema: tool.input_schema,
    },
  };
}
