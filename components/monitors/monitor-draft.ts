import { formText } from "@/components/identity/form-text";
import {
  metricNames,
  metricsCatalogue,
  type MetricName,
  type MetricUnit,
} from "@/lib/evaluations/metrics-catalogue";
import type { MonitorView } from "@/lib/monitors/endpoints";
import { typedValue } from "@/lib/monitors/unit-input";

/** What a monitor may be of, and be told on. */
export type Choices = Record<"apps" | "types" | "channels", { id: string; name: string }[]>;

export const windows = [5, 15, 60, 240, 1440, 10_080, 43_200] as const;
export const windowWords: Record<number, string> = {
  5: "5 minutes",
  15: "15 minutes",
  60: "1 hour",
  240: "4 hours",
  1440: "1 day",
  10_080: "7 days",
  43_200: "30 days",
};

export function metricOf(text: string): MetricName {
  return metricNames.find((one) => one === text) ?? "auto_error_rate";
}

/** What a person typed as a monitor; NaN where it is no number, which the server says at its field. */
export function draftOf(form: FormData, metric: MetricName, channels: readonly string[]) {
  const unit: MetricUnit = metricsCatalogue[metric].unit;
  const figure = (name: string) => typedValue(formText(form, name), unit);
  const whole = (name: string) => typedValue(formText(form, name), "count") ?? Number.NaN;
  const optional = (name: string) => formText(form, name).trim() || null;
  return {
    name: formText(form, "name"),
    metric,
    app: optional("app"),
    type: optional("type"),
    window_minutes: whole("window_minutes"),
    comparator: formText(form, "comparator") === "below" ? ("below" as const) : ("above" as const),
    warn_at: figure("warn_at"),
    alert_at: figure("alert_at") ?? Number.NaN,
    min_n: whole("min_n"),
    for_looks: whole("for_looks"),
    cooldown_minutes: whole("cooldown_minutes"),
    hysteresis: figure("hysteresis") ?? 0,
    channels: [...channels],
    webhook_url: optional("webhook_url"),
    enabled: form.get("enabled") !== null,
  };
}
export type DraftInput = ReturnType<typeof draftOf>;

/** What a new monitor's fields hold at first. */
export const blank = {
  name: "",
  metric: "auto_error_rate",
  app: null,
  type: null,
  window_minutes: 1440,
  comparator: "above",
  warn_at: null,
  alert_at: null,
  min_n: 30,
  for_looks: 2,
  cooldown_minutes: 60,
  hysteresis: 0,
  channels: ["email"],
  webhook_url: null,
  enabled: true,
} as const;
export type Shown = Omit<
  MonitorView,
  | "id"
  | "object"
  | "unit"
  | "state"
  | "value"
  | "n"
  | "checked_at"
  | "muted_until"
  | "open_incident"
  | "version"
  | "created_at"
  | "alert_at"
> & { alert_at: number | null };
