import { expect, test } from "@playwright/test";
import { aMessage, demoApp, emptyList } from "./demo-decisions";
import { signedIn } from "./demo-people";

test("a review's page comes with the review in its place: no placeholder is shown first for a script to replace", async ({
  page,
  request,
}) => {
  const decision = await demoApp(request, "mail-guard").submit(aMessage(`There at once ${Date.now()}`));
  await signedIn(page, "reviewer");
  const answer = await page.request.get(`/inbox/${decision.review?.id}?${emptyList}`);
  const html = await answer.text();
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  expect(main).toContain("There at once");
  expect(main).toContain('aria-label="Verdict"');
  expect(html).not.toContain("Loading the review");
  expect(html).not.toContain("Loading reviews");
});

test("of the other reviews in its list the page carries no more than the way to them", async ({
  page,
  request,
}) => {
  const app = demoApp(request, "mail-guard");
  await app.submit(aMessage(`Not looked at ${Date.now()}`));
  const decision = await app.submit(aMessage(`Looked at ${Date.now()}`));
  await signedIn(page, "reviewer");
  const html = await (await page.request.get(`/inbox/${decision.review?.id}`)).text();
  // As the page's own data spell it, inside a script.
  expect(html.split(String.raw`\"object\":\"review\"`).length - 1).toBe(1);
});
