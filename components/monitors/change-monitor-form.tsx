"use client";

import type { Answer } from "@/components/identity/use-submit";
import type { Choices, DraftInput } from "@/components/monitors/monitor-draft";
import { MonitorForm } from "@/components/monitors/monitor-form";
import type { MonitorMade, MonitorView } from "@/lib/monitors/endpoints";

type Change = { monitor: string; draft: DraftInput & { version: number } };
type Props = {
  monitor: MonitorView;
  choices: Choices;
  change: (input: Change) => Promise<Answer<MonitorMade>>;
};

/** Changes a monitor as a whole. */
export function ChangeMonitorForm({ monitor, choices, change }: Props) {
  return (
    <MonitorForm
      shown={monitor}
      choices={choices}
      label="Save"
      save={(draft) => change({ monitor: monitor.id, draft: { ...draft, version: monitor.version } })}
      at="draft/"
    />
  );
}
