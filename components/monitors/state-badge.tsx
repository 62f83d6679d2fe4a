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

type Props = {
  state: MonitorState;
  enabled?: "yes" | "no";
  /** What the last look found. */
  value?: number | null;
};

/** Where a monitor stands. A state is said after so many looks in a row as it asks for: until then a value stands alone. */
export function MonitorStateBadge({ state, enabled = "yes", value = null }: Props) {
  if (enabled === "no") return <Badge tone="idle">Off</Badge>;
  if (state === "no_data" && value !== null) return <Badge tone="idle">Not said yet</Badge>;
  const [tone, word] = states[state];
  return <Badge tone={tone}>{word}</Badge>;
}

export function IncidentStatusBadge({ status }: { status: IncidentStatus }) {
  const [tone, word] = statuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}
