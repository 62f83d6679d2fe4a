import { modulo97, passesLuhn, passesMod11And10, passesVerhoeff, weighted } from "./checksums";
import { isSaid, type DigitRun } from "./digit-run";

/**
 * Numbers of persons that say so by their form and check digits. Where ten digits in a row are as likely an order's
 * number, a word before them must say what they are.
 */
export function numericIdScore(run: DigitRun): number | null {
  return forms.find(({ raw, holds }) => raw.test(run.raw) && holds(run))?.score ?? null;
}

type Form = { raw: RegExp; score: number; holds: (run: DigitRun) => boolean };

const forms: readonly Form[] = [
  // United States, Social Security number: no check digit, but areas that were never given out.
  {
    raw: /^\d{3}[-. ]\d{2}[-. ]\d{4}$/,
    score: 0.85,
    holds: ({ digits }) => !/^(?:000|666|9)|^\d{3}00|0000$/.test(digits),
  },
  { raw: /^\d{9}$/, score: 0.8, holds: (run) => isSaid(run, "socialSecurity") },
  // Switzerland: EAN-13 that begins with the country's 756.
  { raw: /^756\.?\d{4}\.?\d{4}\.?\d{2}$/, score: 0.95, holds: ({ digits }) => passesEan(digits) },
  // Brazil, CPF.
  { raw: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/, score: 0.95, holds: ({ digits }) => passesCpf(digits) },
  // India, Aadhaar in its three groups.
  {
    raw: /^[2-9]\d{3} \d{4} \d{4}$/,
    score: 0.85,
    holds: ({ digits }) => passesVerhoeff(digits),
  },
  // Sweden, personnummer with its hyphen.
  {
    raw: /^(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4}$/,
    score: 0.9,
    holds: ({ digits }) => passesLuhn(digits.slice(-10)),
  },
  // France, NIR: 13 digits and 97 minus their remainder.
  {
    raw: /^[12][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2])[ ]?\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}$/,
    score: 0.95,
    holds: ({ digits }) => 97 - modulo97(digits.slice(0, 13)) === Number(digits.slice(13)),
  },
  {
    raw: /^\d{2} ?\d{3} ?\d{3} ?\d{3}$/,
    score: 0.85,
    holds: (run) => isSaid(run, "taxNumber") && passesMod11And10(run.digits),
  },
  { raw: /^\d{11}$/, score: 0.85, holds: (run) => isSaid(run, "citizenNumber") && passesPesel(run.digits) },
  {
    raw: /^\d{9}$/,
    score: 0.85,
    holds: (run) => isSaid(run, "citizenNumber") && passesElevenProof(run.digits),
  },
];

function passesEan(digits: string): boolean {
  return weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

function passesCpf(digits: string): boolean {
  const check = (length: number) => {
    const weights = Array.from({ length }, (_, place) => length + 1 - place);
    return ((weighted(digits, weights) * 10) % 11) % 10;
  };
  return !/^(\d)\1+$/.test(digits) && check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

function passesPesel(digits: string): boolean {
  return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

function passesElevenProof(digits: string): boolean {
  return weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** The same for numbers with letters: Spain, Italy, the United Kingdom. */
export function letteredIdScore(raw: string): number | null {
  const text = raw.replaceAll(/[ -]/g, "").toUpperCase();
  if (/^[XYZ]?\d{7,8}[A-Z]$/.test(text) && passesDni(text)) return 0.9;
  if (/^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/.test(text)) {
    return passesFiscalCode(text) ? 0.97 : null;
  }
  const isInsurance = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(text);
  return isInsurance ? 0.8 : null;
}

function passesDni(text: string): boolean {
  const digits = text.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return digits.length === 8 && "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23] === text.at(-1);
}

// By place: the values of 0-9 and A-Z where they stand in odd places (Decreto 12 marzo 1974).
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const oddLetters = "1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23"
  .split(" ")
  .map(Number);

function passesFiscalCode(text: string): boolean {
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const value = Number.parseInt(text[place] ?? "0", 36);
    const letter = value - 10;
    if (place % 2 === 1) sum += value < 10 ? value : letter;
    else sum += (value < 10 ? oddValues[value] : oddLetters[letter]) ?? 0;
  }
  return String.fromCodePoint(65 + (sum % 26)) === text[15];
}
