import type { JsonObject } from "@/lib/kernel/json";

/** What is told of an evaluator that fell below its floor, by the event's subject and data. */
export function demotedWords(evaluatorId: string, { app, name, why }: JsonObject) {
  return {
    title: `An evaluator no longer counts: ${typeof name === "string" ? name : evaluatorId}`,
    body: typeof why === "string" ? why : "",
    href: typeof app === "string" ? `/apps/${app}/evaluators/${evaluatorId}` : "/apps",
  };
}
