import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");

function tokensOf(selector: string): Map<string, string> {
  const block = css.match(new RegExp(`^${selector.replace(".", "\\.")} \\{([^}]*)\\}`, "m"))?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? "", m[2] ?? ""]));
}

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const statuses = ["approved", "declined", "edited", "review", "escalated", "auto", "idle"];
const grounds = ["background", "surface", "surface-2", "surface-3"];
const text: [string, string][] = [
  ...["foreground", "muted-foreground", "subtle-foreground"].flatMap((ink) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  ),
  ...["background", "surface", "surface-2", "primary-soft"].map((g): [string, string] => ["primary-text", g]),
  ["foreground", "primary-soft"],
  ["primary-foreground", "primary"],
  ["primary-foreground", "primary-hover"],
  ["solid-foreground", "declined"],
  ["solid-foreground", "approved"],
  ...statuses.flatMap((s): [string, string][] => [
    [`${s}-text`, `${s}-soft`],
    [`${s}-text`, "surface"],
    ["foreground", `${s}-soft`],
  ]),
];
const parts: [string, string][] = [
  ...["background", "surface", "surface-2"].map((g): [string, string] => ["border-strong", g]),
  ...["background", "surface", "surface-2"].map((g): [string, string] => ["ring", g]),
  ...statuses.map((s): [string, string] => [s, "surface"]),
  ...["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-other"].map((s): [string, string] => [
    s,
    "surface",
  ]),
];

function failing(pairs: [string, string][], tokens: Map<string, string>, least: number): string[] {
  return pairs.flatMap(([ink, ground]) => {
    const [a, b] = [tokens.get(ink), tokens.get(ground)];
    if (a === undefined || b === undefined) return [`${ink} on ${ground}: not defined`];
    const ratio = contrast(a, b);
    return ratio < least ? [`${ink} on ${ground}: ${ratio.toFixed(2)}`] : [];
  });
}

describe.each([
  ["light", ":root"],
  ["dark", ".dark"],
])("%s theme", (_name, selector) => {
  const tokens = tokensOf(selector);
  test("every text pair meets 4.5:1", () => expect(failing(text, tokens, 4.5)).toEqual([]));
  test("every control, status and series meets 3:1", () => expect(failing(parts, tokens, 3)).toEqual([]));
});

test("both themes define the same colours", () => {
  expect([...tokensOf(".dark").keys()].sort()).toEqual([...tokensOf(":root").keys()].sort());
});

test("the contrast formula gives the extremes of the standard", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
