import { wilsonInterval } from "@/lib/stats/wilson";
import { casesOf } from "../moderation/cases/cases-of";
import { entryOf } from "../moderation/catalogue";
import type { AgentView, MeasuredView } from "../moderation/endpoints";
import { measure, type Measured } from "../moderation/measure";
import { agentWith, settingsOf } from "../moderation/settings";
import type { AgentKind } from "../schema";
import type { AgentRow } from "./agent-rows";

/** What an agent saw lately: of one category, or over all of them (category null). */
export type Seen = { agent: string; category: string | null; findings: number; decisions: number };

/** What a measurement leaves in an agent's row. */
export type StoredMeasure = { counts: Measured; version: number; at: string };

/** The agent as the API shows it. */
export function agentView(kind: AgentKind, row: AgentRow | undefined, seen: readonly Seen[]): AgentView {
  const entry = entryOf(kind);
  const settings = settingsOf(kind, row?.config ?? {});
  const own = seen.filter(({ agent }) => agent === kind);
  return {
    object: "moderation_agent",
    kind,
    name: entry.name,
    looks_for: entry.looksFor,
    blind_to: entry.blindTo,
    enabled: row?.enabled ?? false,
    version: row?.version ?? 0,
    categories: entry.categories.map(({ key, name, threshold }) => ({
      key,
      name,
      threshold: settings.thresholds[key] ?? null,
      released: threshold,
      findings_7_days: own.find(({ category }) => category === key)?.findings ?? 0,
    })),
    floor: entry.floor,
    measured: measuredViews(kind, row),
    decisions_7_days: own.find(({ category }) => category === null)?.decisions ?? 0,
    model: settings.model && { ...settings.model, has_secret: row?.secret != null },
    updated_at: row?.updatedAt.toISOString() ?? null,
  };
}

function measuredViews(kind: AgentKind, row: AgentRow | undefined): MeasuredView[] {
  const version = row?.version ?? 0;
  const cases = casesOf(kind);
  const own = cases.length === 0 ? [] : [ownMeasure(kind, row)];
  // Written by measureAgent alone.
  const stored = row?.measured as StoredMeasure | null | undefined;
  return [
    ...own.map((counts) => measuredView("own", counts, { version, at: null })),
    ...(stored ? [measuredView("yours", stored.counts, stored)] : []),
  ];
}

const kept = new Map<string, Measured>();

// At the thresholds in force; the same thresholds give the same counts.
function ownMeasure(kind: AgentKind, row: AgentRow | undefined): Measured {
  const settings = settingsOf(kind, row?.config ?? {});
  const key = `${kind} ${JSON.stringify(settings.thresholds)}`;
  const counts = kept.get(key) ?? measure(agentWith(kind, row?.version ?? 0, settings), casesOf(kind));
  if (kept.size > 100) kept.clear();
  kept.set(key, counts);
  return counts;
}

function measuredView(
  set: MeasuredView["set"],
  { n, tp, fp, fn }: Measured,
  { version, at }: { version: number; at: string | null },
): MeasuredView {
  return {
    set,
    n,
    found: tp + fn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    version,
    measured_at: at,
  };
}

function share(hits: number, n: number): MeasuredView["precision"] {
  return n === 0 ? null : { value: hits / n, ...wilsonInterval(hits, n), n };
}
