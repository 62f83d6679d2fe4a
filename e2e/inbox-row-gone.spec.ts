import { expect, test } from "@playwright/test";
import { anotherPerson } from "./another-person";
import { checkPage } from "./check-page";
import { aMessage, demoApp } from "./demo-decisions";
import { listening, signInAs } from "./demo-people";

test("a row that somebody else took stays where it was, says so, and can still be read", async ({
  page: ana,
  browser,
  baseURL,
  request,
}) => {
  await demoApp(request, "mail-guard").submit(aMessage(`Taken ${Date.now()}`));
  await signInAs(ana, "reviewer", "/inbox?tab=unclaimed&type=message.quarantine");
  const row = ana
    .getByRole("row")
    .filter({ has: ana.getByRole("link") })
    .first();
  await expect(row).toBeVisible();
  await listening(ana);
  const path = await row.getByRole("link").first().getAttribute("href");
  const bo = await anotherPerson(browser, baseURL, { role: "reviewer", name: "Bo Taker" });
  await bo.goto(path ?? "");
  await expect(bo.getByText("Claimed by you")).toBeVisible();
  await expect(row).toContainText("no longer here");
  await expect(row.getByRole("link").first()).toHaveAttribute("href", path ?? "");
  await checkPage(ana);
  await bo.context().close();
});
