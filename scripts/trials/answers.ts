import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { randomOf } from "../simulate/random";
import type { Case } from "./segment";

/** GPT-4-turbo's answers to five benchmarks, with its confidence (MIT, Ben Plaut); undefined where they are absent. */
export function readAnswers(): Case[] | undefined {
  const file = path.resolve("..", "shared", "data", "confidence", "mcqa_gpt4turbo_msp.csv");
  if (!existsSync(file)) return undefined;
  const [head = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = head.trim().split(",");
  const at = (cells: readonly string[], name: string) => cells[names.indexOf(name)]?.trim() ?? "";
  return lines.map((line) => {
    const cells = line.split(",");
    return {
      id: at(cells, "id"),
      confidence: Number(at(cells, "confidence")),
      isRight: at(cells, "correct") === "1",
    };
  });
}

/** The same in an order that the seed repeats: benchmark after benchmark would be a drift of its own. */
export function inRandomOrder(cases: readonly Case[], seed: number): Case[] {
  const random = randomOf(seed, "order", 0);
  const keyed = cases.map((each) => ({ each, key: random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ each }) => each);
}
