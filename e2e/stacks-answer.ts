import type { FullConfig } from "@playwright/test";
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 240_000;

/** Before the first story: the stacks start side by side, and each of them answers. */
export default async function stacksAnswer({ metadata }: FullConfig): Promise<void> {
  const urls: string[] = metadata.stacks; // As playwright.config.ts gives it.
  const deadline = Date.now() + patienceMs;
  await Promise.all(urls.map((url) => answers(url, deadline)));
}

async function answers(url: string, deadline: number): Promise<void> {
  for (;;) {
    const isUp = await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`The stack at ${url} did not answer: what it said is above.`);
    await sleep(250);
  }
}
