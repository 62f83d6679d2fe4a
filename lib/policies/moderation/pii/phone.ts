import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import { isSaid, type DigitRun } from "./digit-run";

/** Where a number without its country's code may be from; the first that has such numbers counts. */
const regions: readonly CountryCode[] = [
  "US",
  "GB",
  "DE",
  "FR",
  "ES",
  "IT",
  "NL",
  "SE",
  "CH",
  "AU",
  "IN",
  "BR",
];

/** How likely a telephone number it is, after the numbering plans (libphonenumber); null when no plan has it. */
export function phoneScore(run: DigitRun): number | null {
  const { raw, digits } = run;
  if (digits.length < 7 || digits.length > 15 || isNoNumber(raw)) return null;
  const isSaidSo = isSaid(run, "phone");
  const international = /^\+|^00[1-9]/.test(raw) ? parsed(raw.replace(/^00/, "+")) : null;
  if (international) return international === "valid" ? 0.95 : 0.75;
  const isGrouped = /[ ().-]/.test(raw);
  if (!isGrouped && !isSaidSo) return null;
  const standing = standingOf(raw);
  if (standing === "valid") return isSaidSo ? 0.9 : groupedScore(raw);
  return isSaidSo ? 0.7 : null;
}

// Dates, money, versions and coordinates have separators too.
function isNoNumber(raw: string): boolean {
  return (
    /^(?:\d{4}[-. ]\d{1,2}[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{4})(?:[ ]\d{1,2})?$/.test(raw) ||
    /^\d{1,3}(?:[ .]\d{3})+$/.test(raw) ||
    /^\d+\.\d+$/.test(raw)
  );
}

// 555-123-4567 and (555) 123-4567 are written like nothing else; blanks alone part any number.
function groupedScore(raw: string): number {
  if (/^\(\d{2,5}\)|^\d{3}[-.]\d{3}[-.]\d{4}$/.test(raw)) return 0.85;
  return raw.startsWith("0") ? 0.75 : 0.45;
}

function standingOf(raw: string): "valid" | null {
  return regions.some((region) => parsed(raw, region) === "valid") ? "valid" : null;
}

function parsed(raw: string, region?: CountryCode): "valid" | "possible" | null {
  const number = parsePhoneNumberFromString(raw, region);
  if (!number) return null;
  if (number.isValid()) return "valid";
  return number.isPossible() ? "possible" : null;
}
