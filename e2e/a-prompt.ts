import { expect, type Page } from "@playwright/test";
import { ownPages } from "./own-pages";

/** As a browser says that a page of ours asks. */

async function posted(page: Page, path: string, data: object): Promise<{ id: string }> {
  const answer = await page.request.post(`/api/v1/${path}`, { data, headers: ownPages });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string };
}

/** An app of a story's own with a prompt of two versions, the second in shadow; its model is never asked. Answers the page's address. */
export async function aPrompt(page: Page): Promise<{ app: string; prompt: string }> {
  const key = `judge-${Date.now()}`;
  const { id: app } = await posted(page, "apps", { key, name: `Judge ${Date.now()}` });
  const { id: model } = await posted(page, "models", {
    key,
    name: `Never asked ${key}`,
    provider: "openai_compatible",
    model: "nobody",
    base_url: "https://models.example/v1",
  });
  const draft = {
    model,
    messages: [{ role: "user", content: "Judge {{input}}" }],
    settings: { take: { message_id: "/message_id" } },
  };
  const made = await posted(page, `apps/${app}/prompts`, {
    ...draft,
    key: "mail-judge",
    name: "Mail judge",
    type: "message.quarantine",
  });
  const at = `apps/${app}/prompts/${made.id}/versions`;
  await posted(page, at, { ...draft, messages: [{ role: "user", content: "Judge strictly {{input}}" }] });
  await posted(page, `${at}/1/move`, { to: "active" });
  await posted(page, `${at}/2/move`, { to: "shadow" });
  return { app, prompt: made.id };
}
