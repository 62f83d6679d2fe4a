import { formText } from "@/components/identity/form-text";
import type { ModelProvider } from "@/lib/models/vocabulary";
import { priceMicros } from "./model-words";

type Said = {
  name: string;
  model: string;
  base_url: string | null;
  api?: "chat" | "responses";
  may_see_personal_data?: boolean;
  gives_token_probabilities?: boolean;
  input_price_micros?: number | null;
  output_price_micros?: number | null;
  currency?: string;
  timeout_ms?: number;
  max_retries?: number;
};

/** What a form says of a model; a local one has neither address nor price. */
export function saidOf(form: FormData, provider: ModelProvider): Said {
  const common = { name: formText(form, "name"), model: formText(form, "model").trim() };
  if (provider === "local") return { ...common, base_url: null };
  return {
    ...common,
    base_url: provider === "openai_compatible" ? formText(form, "base_url").trim() : null,
    api: formText(form, "api") === "responses" ? "responses" : "chat",
    may_see_personal_data: form.get("personal") === "on",
    gives_token_probabilities: form.get("tokens") === "on",
    input_price_micros: priceMicros(formText(form, "price_in")),
    output_price_micros: priceMicros(formText(form, "price_out")),
    currency: formText(form, "currency").trim().toUpperCase(),
    timeout_ms: Math.round(Number(formText(form, "timeout")) * 1000),
    max_retries: Number(formText(form, "retries")),
  };
}

/** The provider a form names, or the one given. */
export function providerOf(form: FormData, known?: ModelProvider): ModelProvider {
  const said = formText(form, "provider");
  if (known) return known;
  return said === "openai" || said === "local" ? said : "openai_compatible";
}

/** A new key, null to remove the one there is, or nothing: as it is. */
export function secretOf(form: FormData): { secret?: string | null } {
  const typed = formText(form, "secret").trim();
  if (typed !== "") return { secret: typed };
  return form.get("remove_secret") === "on" ? { secret: null } : {};
}
