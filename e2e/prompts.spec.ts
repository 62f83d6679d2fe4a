import { expect, test } from "@playwright/test";
import { aPrompt } from "./a-prompt";
import { checkPage } from "./check-page";
import { listening, signedIn, signInAs } from "./demo-people";
import { ownPages } from "./own-pages";

const mail = {
  from: "shop@deals.example",
  subject: "Cheap mortgage, act now",
  text: "Click here to unsubscribe. Lowest rates, free money $$$, act now, limited offer, click below",
};

test("with no key at all an admin writes a prompt, tries it, activates it, and an app's input becomes a decision", async ({
  page,
}) => {
  test.slow();
  const name = `Own ${Date.now()}`;
  await signInAs(page, "admin", "/settings/models");
  await page.getByRole("button", { name: "New model" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Name/ }).fill(name);
  await dialog.getByRole("textbox", { name: /^Key/ }).fill(`own-${Date.now()}`);
  await dialog.getByLabel("Answered by").selectOption("local");
  await dialog.getByRole("button", { name: "Add the model" }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("region", { name }).or(page.getByRole("heading", { name })).first(),
  ).toBeVisible();
  await checkPage(page);

  const made = await page.request.post("/api/v1/apps", {
    data: { key: `desk-${Date.now()}`, name: `Desk ${Date.now()}` },
    headers: ownPages,
  });
  const app = (await made.json()) as { id: string };
  await page.goto(`/apps/${app.id}/prompts`);
  await page.getByRole("link", { name: "New prompt" }).first().click();
  await expect(page.getByRole("heading", { name: "New prompt" })).toBeVisible();
  await listening(page);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Mail judge");
  await page.getByRole("textbox", { name: /^Key/ }).fill("mail-judge");
  await page.getByLabel("Decision type", { exact: false }).selectOption({ label: "Quarantine a message" });
  await page.getByRole("combobox", { name: /^Model/ }).selectOption({ label: name });
  await page
    .getByLabel("Text of message 2", { exact: false })
    .fill("From: {{/from}}\nSubject: {{/subject}}\n\n{{/text}}");
  await page.getByLabel("Arguments taken from the input").fill('{"message_id": "/message_id"}');
  await page.getByRole("button", { name: "Create the prompt" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mail judge" })).toBeVisible();
  await checkPage(page);

  await page.getByRole("link", { name: "Playground" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Playground" })).toBeVisible();
  await listening(page);
  await page.getByLabel("Input").fill(JSON.stringify({ ...mail, message_id: "m-1" }));
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const trial = page.getByRole("region", { name: "mail-judge@1" });
  await expect(trial.getByText(/→ spam/)).toBeVisible();
  await expect(trial.getByText("What the model states")).toBeVisible();
  await checkPage(page);

  await page.goBack();
  await listening(page);
  await page.getByRole("button", { name: /^Activate/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Activate" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("cell", { name: "Active", exact: true })).toBeVisible();

  const keyMade = await page.request.post("/api/v1/api_keys", {
    data: { name: "story", app_id: app.id, scopes: ["decisions:write"], expires_in_days: 30 },
    headers: ownPages,
  });
  const { key } = (await keyMade.json()) as { key: string };
  const send = () =>
    page.request.post(`/api/v1/apps/${app.id}/runs`, {
      data: { input: { ...mail, message_id: "m-1" }, external_id: "m-1" },
      headers: { authorization: `Bearer ${key}` },
    });
  const first = await send();
  expect(first.status(), await first.text()).toBe(201);
  const decision = (await first.json()) as { id: string; prompt_version: string };
  expect(decision.prompt_version).toBe("mail-judge@1");
  expect(((await (await send()).json()) as { id: string }).id).toBe(decision.id);

  await page.goto(`/apps/${app.id}/runs?purpose=decision`);
  await expect(page.getByRole("cell", { name: "Answered" })).toHaveCount(1);
  await page.getByRole("link", { name: decision.id }).click();
  await expect(page.getByText("mail-judge@1").first()).toBeVisible();
});

test("an admin compares versions, drafts another one, and rolls back", async ({ page }) => {
  await signedIn(page, "admin");
  const { app, prompt } = await aPrompt(page);
  await page.goto(`/apps/${app}/prompts/${prompt}`);
  await listening(page);
  const diff = page.getByRole("region", { name: "Version 2 against version 1, line by line" });
  await expect(diff.getByText("Judge strictly {{input}}")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Version 2 in shadow" })).toBeVisible();
  await checkPage(page);
  await page.getByLabel("Text of message 1", { exact: false }).fill("Judge kindly {{name}}");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.getByText("names nothing")).toBeVisible();
  await page.getByLabel("Text of message 1", { exact: false }).fill("Judge kindly {{input}}");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.getByRole("cell", { name: "Draft", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Activate version 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Activate" }).click();
  await expect(page.getByRole("button", { name: "Roll back to version 1" })).toBeVisible();
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back to" }).click();
  await expect(page.getByRole("button", { name: "Roll back to version 2" })).toBeVisible();
});

test("an auditor reads prompts and runs, and changes nothing", async ({ browser, page }) => {
  const office = await (await browser.newContext()).newPage();
  await signedIn(office, "admin");
  const { app, prompt } = await aPrompt(office);
  await office.context().close();
  await signInAs(page, "auditor", `/apps/${app}/prompts/${prompt}`);
  await expect(page.getByRole("heading", { level: 1, name: "Mail judge" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Activate|Retire|Save/ })).toHaveCount(0);
  await page.goto(`/apps/${app}/runs`);
  await expect(page.getByText("No runs here")).toBeVisible();
});
