import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { chromiumSwitches } from "./chromium-switches.mjs";

test("whatever Playwright switches off in a browser stays off", () => {
  const bundle = createRequire(import.meta.url).resolve("playwright-core/lib/coreBundle");
  const list = /disabledFeatures = \[(.*?)\]\.filter/s.exec(readFileSync(bundle, "utf8"))?.[1] ?? "";
  const names = [...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  const ours = chromiumSwitches.find((each) => each.startsWith("--disable-features="))?.split(/[=,]/);
  expect(ours).toEqual(expect.arrayContaining(names));
});
