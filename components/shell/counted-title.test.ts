import { expect, test } from "vitest";
import { countedTitle, ownTitle } from "./counted-title";

const most = 99;

test("what waits stands before the page's title, once however often it is written", () => {
  const once = countedTitle("Inbox · Countersign", { waiting: 3, most });
  expect(once).toBe("Needs review (3) · Inbox · Countersign");
  expect(countedTitle(once, { waiting: 120, most })).toBe("Needs review (99+) · Inbox · Countersign");
  expect(ownTitle(once)).toBe("Inbox · Countersign");
});

test("a page that has no title yet gets none: a browser drops the space after the mark, which then stays", () => {
  expect(countedTitle("", { waiting: 3, most })).toBe("");
});
