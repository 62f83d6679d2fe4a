import { expect, test } from "vitest";
import { isKeyId } from "@/lib/identity/key-map";
import { isWithin, sections } from "./sections";

test.each([
  ["/", "/", true],
  ["/inbox", "/", false],
  ["/inbox", "/inbox", true],
  ["/inbox/rev_1", "/inbox", true],
  ["/inboxes", "/inbox", false],
])("%s is within %s: %s", (path, href, within) => expect(isWithin(path, href)).toBe(within));

test.each(Object.keys(sections))("a key leads to %s", (id) => expect(isKeyId(`go.${id}`)).toBe(true));
