import { type BrowserContext, test as base } from "@playwright/test";

/**
 * For many short stories of one person: each has a page of its own in one browser, which has loaded and compiled the
 * console's scripts before. Whatever a story keeps beyond its page, the next one finds.
 */
export const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use, { project }) => {
      const context = await browser.newContext({ baseURL: project.use.baseURL });
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  page: async ({ shared }, use) => {
    const page = await shared.newPage();
    await use(page);
    await page.close();
  },
});
