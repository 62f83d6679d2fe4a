import { Badge, type Tone } from "@/components/ui/badge";
import type { IncidentStatus, MonitorState } from "@/lib/monitors/vocabulary";

const states: Record<MonitorState, [Tone, string]> = {
  ok: ["approved", "OK"],
  warning: ["review", "Warning"],
  alert: ["declined", "Alert"],
  no_data: ["idle", "No data"],
};
const statuses: Record<IncidentStatus, [Tone, string]> = {
  open: ["declined", "Open"],
  acknowledged: ["review", "Acknowledged"],
  resolved: ["approved", "Resolved"],
};

/** Where a monitor stands. */
export function MonitorStateBadge({
  state,
  enabled = "yes",
}: {
  state: MonitorState;
  enabled?: "yes" | "no";
}) {
  if (enabled === "no") return <Badge tone="idle">Off</Badge>;
  const [tone, word] = states[state];
  return <Badge tone={tone}>{word}</Badge>;
}

export function IncidentStatusBadge({ status }: { status: IncidentStatus }) {
  const [tone, word] = statuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}
