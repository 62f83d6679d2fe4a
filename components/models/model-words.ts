import type { ModelProvider } from "@/lib/models/vocabulary";

export const providerWords: Record<ModelProvider, string> = {
  openai: "OpenAI",
  openai_compatible: "OpenAI-compatible endpoint",
  local: "Trained here, no key",
};

/** Millionths of a currency unit as people read them: `0.000720 USD`; "not known" without a price. */
export function costText(micros: number | null, currency: string): string {
  if (micros === null) return "cost not known";
  return `${(micros / 1_000_000).toFixed(micros === 0 ? 2 : 6)} ${currency}`;
}

/** A price a million tokens as typed, in millionths; null where the field is empty. */
export function priceMicros(text: string): number | null {
  return text.trim() === "" ? null : Math.round(Number(text) * 1_000_000);
}

/** Milliseconds as people read them. */
export function latencyText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
