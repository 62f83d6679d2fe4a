import { passesLuhn } from "./checksums";
import { isSaid, type DigitRun } from "./digit-run";

/** Prefixes and lengths of issuers (ISO/IEC 7812): Visa, Mastercard, Amex, Discover, Diners, JCB, Maestro, UnionPay. */
const issuers: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { prefix: /^3(?:0[0-5]|095|[689])/, lengths: [14, 16] },
  { prefix: /^(?:2131|1800)/, lengths: [15] },
  { prefix: /^35(?:2[89]|[3-8]\d)/, lengths: [16] },
  { prefix: /^(?:50[0-9]|5[6-9]|6[0-9])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
];

/**
 * How likely a payment card's number it is: null when its check digit is wrong, or no issuer has such
 * numbers and no word before it says card.
 */
export function cardScore(run: DigitRun): number | null {
  const { digits } = run;
  if (digits.length < 12 || /[+()]/.test(run.raw) || /^(\d)\1+$/.test(digits)) return null;
  const isIssued = issuers.some(
    ({ prefix, lengths }) => prefix.test(digits) && lengths.includes(digits.length),
  );
  const isSaidSo = isSaid(run, "card");
  if (!passesLuhn(digits) || !(isIssued || isSaidSo)) return null;
  return isIssued && (digits.length >= 15 || isSaidSo) ? 0.95 : 0.7;
}
