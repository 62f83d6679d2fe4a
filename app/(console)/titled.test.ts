import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

test("every page of one thing is named after it", () => {
  const pages = globSync("**/page.tsx", { cwd: import.meta.dirname }).filter((file) => file.includes("["));
  expect(pages.length).toBeGreaterThan(30);
  const generic = pages.filter((file) => {
    const source = readFileSync(path.join(import.meta.dirname, file), "utf8");
    return !/export const generateMetadata = titled/.test(source);
  });
  expect(generic).toEqual([]);
});
