const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

// Making one takes longer than using it a hundred times.
const formats = new Map<string, Intl.RelativeTimeFormat>();
function formatOf(locale: string): Intl.RelativeTimeFormat {
  const format =
    formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  formats.set(locale, format);
  return format;
}

/** `2 min. ago`, `in 3 hr.`, `now`; both ends in milliseconds since 1970. */
export function relativeTime(at: number, now: number, locale = "en"): string {
  const format = formatOf(locale);
  const seconds = Math.round((at - now) / 1000);
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, "second");
}

/** `2026-11-22 10:35:07 UTC`: the same on the server and in every browser. */
export function utcTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `4:10` or `1:02:03` left of a countdown; never below zero. */
export function clockTime(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, "0")}:${String(seconds).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
