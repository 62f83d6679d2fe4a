import type { Comparator, MonitorState } from "../vocabulary";

/** A monitor as a look at it reads it. */
export type Watched = {
  id: string;
  name: string;
  metric: string;
  app_id: string | null;
  type_id: string | null;
  window_minutes: number;
  comparator: Comparator;
  warn_at: number | null;
  alert_at: number;
  min_n: number;
  for_looks: number;
  cooldown_minutes: number;
  hysteresis: number;
  channels: string[];
  webhook_url: string | null;
  state: MonitorState;
  pending_state: MonitorState | null;
  streak: number;
  warned_ms: number | null;
  alerted_ms: number | null;
  /** Nobody is told now; null: nobody silenced it, or its silence was seen to be over. */
  mute: "on" | "over" | null;
  version: number;
};
