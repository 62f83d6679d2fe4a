import type { QueueAttention, ThresholdAttention } from "@/lib/evaluations/attention-view";

/** `0.4`, `12`, `1,204`: a number with no more digits than it is worth. */
export function plainText(value: number): string {
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

/** `45 s`, `3 min`, `2.5 h`. */
export function spanText(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${plainText(seconds / 60)} min`;
  return `${plainText(seconds / 3600)} h`;
}

/** `+14 min`, `−3`; zero has no sign. */
export function signedText(value: number, unit = ""): string {
  const text = plainText(Math.abs(value));
  if (text === "0") return `0${unit}`;
  return `${value < 0 ? "−" : "+"}${text}${unit}`;
}

/** What the numbers of a queue come to, in one sentence. */
export function verdictText(queue: QueueAttention): string {
  const { utilisation, days_to_clear: days, waiting, people, handling } = queue;
  if (people === 0) return "Nobody is there to review: all of it will be late.";
  if (handling.mean_seconds === null)
    return "Nobody was timed at a review here yet, so nothing says how long one takes.";
  if (utilisation === null) return "Nothing has arrived yet.";
  if (utilisation > 1) {
    return `More arrives than people have hours for: the queue grows. It needs ${plainText(utilisation)} times their hours, or fewer reviews.`;
  }
  if (waiting === 0) return "Nothing waits.";
  if (days === null) return "Arrivals take up every hour: what waits stays.";
  return days < 1
    ? `What waits is cleared in ${spanText(days * 86_400)}.`
    : `What waits is cleared in ${plainText(days)} days.`;
}

/** `prevents 3 (1–6)`, `lets 3 (1–6) through`: wrong acts a week. */
export function wrongText(change: ThresholdAttention["changes"][number]): string {
  const { wrong_per_week: wrong } = change;
  if (wrong === null) return "Not enough labels";
  const [low, high] = [Math.abs(wrong.lower), Math.abs(wrong.upper)].toSorted((a, b) => a - b);
  const range = `${plainText(Math.abs(wrong.value))} (${plainText(low ?? 0)}–${plainText(high ?? 0)})`;
  return change.by > 0 ? `prevents ${range}` : `lets ${range} through`;
}
