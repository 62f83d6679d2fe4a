import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getAgreement } from "./get-agreement";
import { giveScores } from "./give-scores";
import { anEvaluator } from "./testing-evaluators";

const { db } = await testDatabase();
const shared = path.resolve("../shared");
const absent = existsSync(shared) ? false : "the reference data beside the checkout is absent";

type Known = {
  n: number;
  fleiss: number;
  krippendorff_nominal: number;
  cohen_12: number;
  cohen_13: number;
  cohen_23: number;
  gpt35_vs_majority_agree: number;
  gpt35_vs_majority_kappa: number;
};

/** Rows as the words of three people and of GPT-3.5: `0` a tie, `1` or `2` the better of two answers. */
function linesOfFile(): { id: string; people: [string, string, string]; model: string }[] {
  const [, ...lines] = readFileSync(path.join(shared, "data/confidence/pandalm_annotators.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  return lines.map((line) => {
    const [id = "", one = "", two = "", three = "", model = ""] = line.split(",");
    return { id, people: [one, two, three], model: model === "Tie" ? "0" : model };
  });
}

const majority = (said: readonly string[]) =>
  said.find((word) => said.filter((other) => other === word).length > 1) ?? "none";

test.skipIf(absent)(
  "three annotators and GPT-3.5, entered through the API's verbs, agree as the known kappas say",
  { timeout: 300_000 },
  async () => {
    const { pandalm_file: known } = JSON.parse(
      readFileSync(path.join(shared, "vectors/vectors.json"), "utf8"),
    ) as { pandalm_file: Known };
    const lines = linesOfFile();
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org);
    const agreed = async (name: string, pairs: { id: string; said: string; ruled: string }[]) => {
      const judge = await anEvaluator(org.admin, desk.app, { name });
      const common = { quality: "output" as const, score: null, passed: null, rationale: null };
      const scores = pairs.flatMap(({ id, said, ruled }) => [
        { ...common, subject: id, scorer: "import" as const, by: "first", label: said },
        { ...common, subject: id, scorer: "person" as const, by: "second", label: ruled },
      ]);
      for (let from = 0; from < scores.length; from += 1000)
        await giveScores(org.admin, { evaluator: judge.id, scores: scores.slice(from, from + 1000) });
      return getAgreement(org.auditor, { evaluator: judge.id, ties: "kept" });
    };
    const people = [
      [0, 1, known.cohen_12],
      [0, 2, known.cohen_13],
      [1, 2, known.cohen_23],
    ] as const;
    for (const [first, second, kappa] of people) {
      const found = await agreed(
        `Annotators ${first + 1} and ${second + 1}`,
        lines.map(({ id, people: said }) => ({ id, said: said[first], ruled: said[second] })),
      );
      expect(found.n).toBe(known.n);
      expect(found.kappa?.value).toBeCloseTo(kappa, 12);
    }
    const three = await anEvaluator(org.admin, desk.app, { name: "Three annotators" });
    const said = lines.flatMap(({ id, people: words }) =>
      words.map((label, at) => ({
        subject: id,
        quality: "output" as const,
        score: null,
        passed: null,
        rationale: null,
        scorer: "person" as const,
        by: `annotator ${at + 1}`,
        label,
      })),
    );
    for (let from = 0; from < said.length; from += 1000)
      await giveScores(org.admin, { evaluator: three.id, scores: said.slice(from, from + 1000) });
    const { among_people: among } = await getAgreement(org.auditor, { evaluator: three.id, ties: "kept" });
    expect(among).toMatchObject({ n: known.n, people: 3, measures: { fleiss: { raters: 3, n: known.n } } });
    expect(among.measures?.fleiss.value).toBeCloseTo(known.fleiss, 12);
    expect(among.measures?.krippendorff.value).toBeCloseTo(known.krippendorff_nominal, 12);
    // Pairs of people in the order of their names.
    const kappas = among.measures?.cohen.map(({ value }) => value);
    expect(kappas).toHaveLength(3);
    [known.cohen_12, known.cohen_13, known.cohen_23].forEach((kappa, at) =>
      expect(kappas?.[at]).toBeCloseTo(kappa, 12),
    );
    const judge = await agreed(
      "GPT-3.5 against the majority",
      lines.map(({ id, people: said, model }) => ({ id, said: model, ruled: majority(said) })),
    );
    expect(judge.agreement?.value).toBeCloseTo(known.gpt35_vs_majority_agree, 12);
    expect(judge.kappa?.value).toBeCloseTo(known.gpt35_vs_majority_kappa, 12);
  },
);
