import { expect, type Page } from "@playwright/test";
import { aMessage, demoApp } from "./demo-decisions";
import { ownPages } from "./own-pages";

/** As a browser says that a page of ours asks; a page that is still blank has no origin to name. */

type Discrepancy = { id: string; app: { id: string }; type: { id: string } };

/** A decision that its app and the world say different things about, as the person who looks at the page may read it. */
export async function aDiscrepancy(page: Page): Promise<Discrepancy> {
  const mailGuard = demoApp(page.request, "mail-guard");
  const { id } = await mailGuard.submit(aMessage(`Disputed ${Date.now()}`));
  const data = { correct: false, detail: "it was wanted" };
  const told = await page.request.post(`/api/v1/decisions/${id}/outcome`, { data, headers: mailGuard.key });
  expect(told.ok(), await told.text()).toBe(true);
  let found: Discrepancy | undefined;
  await expect(async () => {
    const answer = await page.request.get(`/api/v1/discrepancies?limit=1&decision=${id}`);
    found = ((await answer.json()) as { data: Discrepancy[] }).data[0];
    expect(found, "no record has opened").toBeTruthy();
  }).toPass({ timeout: 45_000 });
  if (!found) throw new Error("no record has opened");
  return found;
}

/** An issue with one confirmed discrepancy; answers its address. */
export async function anIssue(page: Page): Promise<string> {
  const { id, app, type } = await aDiscrepancy(page);
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v1/${path}`, { data, headers: ownPages });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: string };
  };
  await post(`discrepancies/${id}/confirm`, { cause: "inference" });
  const place = { app: app.id, type: type.id, cause: "inference" };
  const title = `Accessible ${Date.now()}`;
  return `/issues/${(await post("issues", { ...place, title, discrepancy_ids: [id] })).id}`;
}
