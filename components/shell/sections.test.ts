import { expect, test } from "vitest";
import { isWithin } from "./sections";

test.each([
  ["/", "/", true],
  ["/inbox", "/", false],
  ["/inbox", "/inbox", true],
  ["/inbox/rev_1", "/inbox", true],
  ["/inboxes", "/inbox", false],
])("%s is within %s: %s", (path, href, within) => expect(isWithin(path, href)).toBe(within));
