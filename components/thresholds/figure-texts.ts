import { percent } from "@/components/charts/chart-theme";
import type { ErrorRate } from "@/lib/autonomy/score-index";
import type { SegmentFigures } from "@/lib/autonomy/score-segments";
import type { Spread } from "@/lib/autonomy/what-if";

/** The error in words: a figure, or what is missing for one. */
export function errorText(error: ErrorRate): string {
  return error.kind === "estimate" ? percent(error.value) : shortOf(error);
}

/** “Too few labels: 12 of 30”. */
export function shortOf({ ess, needed }: { ess: number; needed: number }): string {
  return `Too few labels: ${Math.floor(ess)} of ${needed}`;
}

/** Its interval and what it rests on. */
export function intervalText(error: ErrorRate): string {
  if (error.kind === "insufficient")
    return `n = ${count(error.n)} labelled, effective ${count(Math.floor(error.ess))}`;
  const { lower, upper, n, ess } = error;
  const size = Math.abs(ess - n) < 0.5 ? `n = ${count(n)}` : `n = ${count(n)}, effective ${count(ess)}`;
  return `95 % interval ${percent(lower)} – ${percent(upper)}, ${size}`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Few as they are, many whole: 0.42, 3.1, 128. */
export function amountText(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) < 1) return value.toFixed(2);
  return Math.abs(value) < 20 ? value.toFixed(1) : count(value);
}

export function hoursText(hours: number): string {
  if (hours !== 0 && hours < 1) return `${amountText(hours * 60)} min`;
  return `${amountText(hours)} h`;
}

/** Whole units of the currency: cents say nothing of an estimate. */
export function moneyText(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 0 });
  return format.format(minor / minorUnits(currency));
}

/** How many minor units one of the currency has. */
export function minorUnits(currency: string): number {
  const { maximumFractionDigits: digits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return 10 ** (digits ?? 2);
}

export function rangeText({ lower, upper }: Spread, text: (value: number) => string): string {
  return `${text(lower)} – ${text(upper)}`;
}

/** “+12.1 points” against the threshold in force. */
export function pointsText(by: number): string {
  const points = by * 100;
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)} points`;
}

const dimensionWords: Record<SegmentFigures["dimension"], string> = {
  amount: "Amount",
  subject_type: "Subject",
  model: "Model",
  prompt_version: "Prompt",
  language: "Language",
};

export function segmentText(
  { dimension, name, band }: Pick<SegmentFigures, "dimension" | "name" | "band">,
  currency: string,
): { kind: string; name: string } {
  const kind = dimensionWords[dimension];
  if (!band) return { kind, name };
  const money = (amount: number) => moneyText(amount, currency);
  if (band.high === null) return { kind, name: `from ${money(band.low)}` };
  return {
    kind,
    name: band.low === 0 ? `below ${money(band.high)}` : `${money(band.low)} to ${money(band.high)}`,
  };
}
