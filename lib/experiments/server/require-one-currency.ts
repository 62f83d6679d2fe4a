import type { ExperimentView } from "../experiments";
import { wrongPart } from "./candidates-for";

/** Refuses a cost cap over models that are priced in several currencies: their sum means nothing. */
export function requireOneCurrency({ cost_currencies }: Pick<ExperimentView, "cost_currencies">): void {
  if (cost_currencies.length < 2) return;
  const message = `cannot be kept over models priced in ${cost_currencies.join(" and ")}`;
  throw wrongPart("/cost_cap_micros", message, "Ask models of one currency, or leave the cap out.");
}
