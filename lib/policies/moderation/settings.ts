import { z } from "zod";
import type { AgentKind } from "@/lib/policies/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { entryOf, releasedAgent } from "./catalogue";
import type { AgentInForce } from "./agent-in-force";
import { ModelAddress } from "./endpoints";

/** What an agent's row keeps of its settings. */
const Settings = z.object({
  thresholds: z.record(z.string(), z.number().nullable()).default({}),
  model: ModelAddress.nullable().default(null),
});
export type Settings = z.output<typeof Settings>;

/** The settings in a row's `config`, each category of the catalogue with a threshold; released ones where there are none. */
export function settingsOf(kind: AgentKind, config: JsonObject): Settings {
  const read = Settings.parse(config);
  const own = Object.entries(read.thresholds).filter(([key]) => hasCategory(kind, key));
  return { model: read.model, thresholds: { ...releasedAgent(kind).thresholds, ...Object.fromEntries(own) } };
}

export function hasCategory(kind: AgentKind, category: string): boolean {
  return entryOf(kind).categories.some(({ key }) => key === category);
}

/** The agent with these settings, as detectors take it. */
export function agentWith(kind: AgentKind, version: number, { thresholds }: Settings): AgentInForce {
  return { ...releasedAgent(kind, version), thresholds };
}
