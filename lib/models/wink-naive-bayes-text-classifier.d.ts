/** The part of the library that is used; it ships no types. */
declare module "wink-naive-bayes-text-classifier" {
  type Classifier = {
    /** `considerOnlyPresence`: a token counts once a text. `smoothingFactor` in [0,1]: what is added to every count. */
    defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): boolean;
    definePrepTasks(tasks: ((input: string[]) => string[])[]): number;
    learn(tokens: string[], label: string): boolean;
    consolidate(): boolean;
    /** Log base 2 of the odds of each label, greatest first; `[["unknown", 0]]` when the odds are even or no token is known. */
    computeOdds(tokens: string[]): [label: string, log2Odds: number][];
    stats(): {
      labelWiseSamples: Record<string, number>;
      labelWiseWords: Record<string, number>;
      vocabulary: number;
    };
    exportJSON(): string;
    importJSON(json: string): boolean;
  };
  export default function naiveBayesTextClassifier(): Classifier;
}
