import { thresholdText } from "@/lib/autonomy/threshold-text";

/** A threshold in a field: as it is read elsewhere where that can be typed back, and every digit where it cannot. */
export function fieldText(threshold: number): string {
  const text = thresholdText(threshold);
  return thresholdOf(text) === undefined ? String(threshold) : text;
}

/** A threshold as typed: 0 to 1, with a comma too; undefined where it is none. */
export function thresholdOf(text: string): number | undefined {
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !(number >= 0 && number <= 1)) return undefined;
  return number;
}

/** One step of the handle, kept on whole hundredths and within 0 and 1. */
export function stepped(threshold: number, by: number): number {
  const hundredths = by > 0 ? Math.floor(threshold * 100 + 1e-9) : Math.ceil(threshold * 100 - 1e-9);
  return Math.min(100, Math.max(0, hundredths + Math.round(by * 100))) / 100;
}
