import type { JsonObject } from "@/lib/kernel/json";

/**
 * What the decisions of a certification period come from. A member that is left out is not known yet; null: the app
 * names none. `policies`: ids of the published versions, sorted.
 */
export type Pins = { model?: string | null; prompt?: string | null; policies?: readonly string[] };

/** What a decision came from. */
export type Provenance = { model: string | null; prompt: string | null };

export function pinsOf(stored: JsonObject): Pins {
  const { model, prompt, policies } = stored;
  return {
    ...(typeof model === "string" || model === null ? { model } : {}),
    ...(typeof prompt === "string" || prompt === null ? { prompt } : {}),
    ...(Array.isArray(policies) ? { policies: policies.filter((one) => typeof one === "string") } : {}),
  };
}

/** The first of them that another model or prompt is told by; null while nothing differs. */
export function foreign(
  pins: Pins,
  { model, prompt }: Provenance,
): "model_changed" | "prompt_changed" | null {
  if (pins.model !== undefined && pins.model !== model) return "model_changed";
  if (pins.prompt !== undefined && pins.prompt !== prompt) return "prompt_changed";
  return null;
}
