import { expect, test } from "@playwright/test";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signedIn } from "./demo-people";
import { ownPages } from "./own-pages";

test("one chosen row brings those that ask the same, which are ruled on together after a look at what differs", async ({
  page,
  request,
}) => {
  const name = `Alike ${Date.now()}`;
  const key = `alike-${Date.now()}`;
  await signedIn(page, "admin");
  const rule = `decision.type == 'message.quarantine' && decision.input.subject.startsWith('${name}')`;
  const queue = { key, name, rule, position: 0 };
  const made = await page.request.post("/api/v1/queues", { headers: ownPages, data: queue });
  expect(made.status(), await made.text()).toBe(201);
  const guard = demoApp(request, "mail-guard");
  const alike = [];
  for (let at = 0; at < 3; at += 1) alike.push(await guard.submit(aMessage(`${name} no ${at}`)));
  // Here because it was doubted, not because nobody said how sure: another question.
  const other = await guard.submit({ ...aMessage(`${name} doubted`), confidence: 0.3 });

  await signedIn(page, "reviewer");
  await page.goto(`/inbox?tab=unclaimed&queue=${key}`);
  await listening(page);
  // The list hears keys once it is there.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tr[aria-current=true]")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Select 2 more alike" }).click();
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Approve these 3 alike?" });
  await expect(dialog.getByText("What differs between them")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Approved 3")).toBeVisible();
  for (const { id } of alike) await expect.poll(() => guard.statusOf(id)).toBe("approved");
  expect(await guard.statusOf(other.id)).toBe("in_review");
});
