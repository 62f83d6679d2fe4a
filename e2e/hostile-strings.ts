import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "../../shared/data/conformance");

/** True where the public suites stand beside the checkout. */
export const haveStrings = existsSync(path.join(folder, "xss-400.txt"));

/** Every string of the public suites that the API takes: what holds NUL or a lone surrogate is refused at the door. */
export function hostileStrings(): string[] {
  if (!haveStrings) return [];
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const naughty = JSON.parse(read("naughty-strings.json")) as string[];
  const attacks = read("xss-400.txt").split("\n");
  return [...attacks, ...naughty].filter(
    (text) => text.trim() !== "" && !text.includes("\0") && text.isWellFormed(),
  );
}

/** `all` cut into pieces of so many. */
export function pieces<T>(all: readonly T[], size: number): T[][] {
  const cut: T[][] = [];
  for (let at = 0; at < all.length; at += size) cut.push(all.slice(at, at + size));
  return cut;
}
