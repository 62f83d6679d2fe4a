import { expect, type Page } from "@playwright/test";
import { ownPages } from "./own-pages";

/** As a browser says that a page of ours asks. */

/** A dataset of two cases from a file, built. */
export async function aDataset(page: Page): Promise<{ id: string; version: string }> {
  const app = "refund-desk";
  const type = "refund.issue";
  const key = `accessible-${Date.now()}`;
  const data = { app, type, key, name: "Accessible cases" };
  const made = await page.request.post("/api/v1/datasets", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const items = ["positive", "negative"].map((truth) => ({
    input: { message: `A case that is ${truth}` },
    truth,
    recorded: { predicted: "positive", confidence: 0.7 },
  }));
  const added = await page.request.post(`/api/v1/datasets/${id}/versions`, {
    data: { source: { kind: "import", items } },
    headers: ownPages,
  });
  expect(added.ok(), await added.text()).toBe(true);
  const { id: version } = (await added.json()) as { id: string };
  await expect(async () => {
    const read = await page.request.get(`/api/v1/dataset_versions/${version}`);
    expect(((await read.json()) as { status: string }).status).toBe("ready");
  }).toPass({ timeout: 45_000 });
  return { id, version };
}

/** A policy beside what was recorded, gone through to the end. */
export async function anExperiment(page: Page): Promise<string> {
  const { version } = await aDataset(page);
  const rules = [{ id: "never", when: "decision.predicted == 'nothing'", effect: "decline" }];
  const draft = await page.request.post("/api/v1/policies", {
    data: { name: `Tried ${Date.now()}`, rules, fixtures: [] },
    headers: ownPages,
  });
  expect(draft.ok(), await draft.text()).toBe(true);
  const { open } = (await draft.json()) as { open: { id: string } };
  const data = {
    name: "Accessible experiment",
    dataset_version: version,
    candidates: [{ kind: "recorded" }, { kind: "policy", id: open.id }],
  };
  const made = await page.request.post("/api/v1/experiments", { data, headers: ownPages });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  await expect(async () => {
    const read = await page.request.get(`/api/v1/experiments/${id}`);
    expect(((await read.json()) as { status: string }).status).toBe("done");
  }).toPass({ timeout: 45_000 });
  return `/experiments/${id}`;
}
