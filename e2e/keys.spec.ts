import { expect } from "@playwright/test";
import { sections } from "@/components/shell/sections";
import { type KeyId, keyIds, rowOf } from "@/lib/identity/key-map";
import { roles } from "@/lib/identity/schema";
import { type ConsoleSection, sectionsOf } from "@/lib/identity/settings-pages";
import { signInAs } from "./demo-people";
import { everywhere } from "./keys-everywhere";
import { inList } from "./keys-in-list";
import { onReview } from "./keys-on-review";
import { test } from "./one-browser";
import { pressKey } from "./press-key";
import { tellKeys } from "./tell-keys";

function placesOf(id: KeyId): string {
  return rowOf(id).where.join(" and ");
}

test("every key of the map has its place in this story", () => {
  const missing = keyIds.filter((id) => {
    const { where } = rowOf(id);
    if (id.startsWith("go.")) return false;
    if (where.includes("everywhere")) return !(id in everywhere);
    const isPick = id.startsWith("pick.");
    return (
      (where.includes("focus") && !(id in onReview)) || (where.includes("list") && !isPick && !(id in inList))
    );
  });
  expect(missing.map((id) => `${id} (${placesOf(id)})`)).toEqual([]);
});

test.describe("everywhere", () => {
  tellKeys(everywhere);
  for (const role of roles) {
    test(`G and a letter lead a person who is ${role} to each of their sections`, async ({ page }) => {
      test.setTimeout(180_000);
      await signInAs(page, role, "/settings");
      for (const id of keyIds) {
        const section = id.slice("go.".length) as ConsoleSection;
        if (!id.startsWith("go.") || !sectionsOf(role).includes(section)) continue;
        const { pathname } = new URL(sections[section].href, page.url());
        await expect(async () => {
          await pressKey(page, id);
          await expect.poll(() => new URL(page.url()).pathname, { timeout: 3000 }).toBe(pathname);
        }).toPass();
      }
    });
  }
});
