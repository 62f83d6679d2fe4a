import { expect, test, vi } from "vitest";
import { trainClassifier } from "@/lib/models/local-classifier";
import type { Api } from "../api";
import { PulledModel } from "./pulled-model";

const content = trainClassifier([
  { prompt: "From: \nSubject: \n\none two three four five six", label: "spam" },
  { prompt: "From: \nSubject: \n\nseven eight nine ten eleven twelve", label: "ham" },
]).toJson();

test("the model in force is fetched once for all who ask, and again when another one is", async () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  let version = 1;
  const api = {
    get: async (path: string) => {
      asked.push(path);
      const isKnown = path.includes(`known=sha${version}`);
      return { sha256: `sha${version}`, model: `naive-bayes@${version}`, content: isKnown ? null : content };
    },
    // Nothing else is called.
  } as unknown as Api;
  const pulled = new PulledModel(api);
  const names = async () => {
    const models = await Promise.all([pulled.current(), pulled.current(), pulled.current()]);
    return [...new Set(models.map(({ modelId }) => modelId))];
  };
  expect(await names()).toEqual(["naive-bayes@1"]);
  expect(asked).toHaveLength(1);
  vi.advanceTimersByTime(4000);
  expect(await names()).toEqual(["naive-bayes@1"]);
  expect(asked.at(-1)).toContain("known=sha1");
  version = 2;
  vi.advanceTimersByTime(4000);
  expect(await names()).toEqual(["naive-bayes@2"]);
  expect(asked).toHaveLength(3);
  vi.useRealTimers();
});
