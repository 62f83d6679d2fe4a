import type { JsonObject, JsonValue } from "@/lib/kernel/json";

/**
 * What the decisions of a certification period come from. A member that is left out is not known yet; null: the app
 * names none. `policies`: ids of the published versions, sorted.
 */
export type Pins = {
  model?: string | null;
  prompt?: string | null;
  policies?: readonly string[];
  costs?: PinnedCosts;
};

/** What its type said a wrong yes and a wrong no cost, in minor units of a currency, and where it read amounts. */
export type PinnedCosts = { yes: number; no: number; currency: string; amount: string };

/** What a decision came from. */
export type Provenance = { model: string | null; prompt: string | null };

export function pinsOf(stored: JsonObject): Pins {
  const { model, prompt, policies } = stored;
  const costs = costsOf(stored.costs);
  return {
    ...(typeof model === "string" || model === null ? { model } : {}),
    ...(typeof prompt === "string" || prompt === null ? { prompt } : {}),
    ...(costs ? { costs } : {}),
    ...(Array.isArray(policies) ? { policies: policies.filter((one) => typeof one === "string") } : {}),
  };
}

function costsOf(stored: JsonValue | undefined): PinnedCosts | null {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return null;
  const { yes, no, currency, amount } = stored;
  const isKnown =
    typeof yes === "number" &&
    typeof no === "number" &&
    typeof currency === "string" &&
    typeof amount === "string";
  return isKnown ? { yes, no, currency, amount } : null;
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
