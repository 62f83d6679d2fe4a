import naiveBayes from "wink-naive-bayes-text-classifier";
import { mailTokens } from "./mail-tokens";
import type { MailLabel } from "./schema";

/** A word and how far it alone moves the odds, in bits: above 0 towards spam, below 0 towards ham. */
export type TellingToken = { token: string; log2Odds: number };

/** `confidence` is the model's own probability of its label, unretouched. `telling`: the words that moved it most, strongest first. */
export type Classification = { label: MailLabel; confidence: number; telling: TellingToken[] };

/** A trained naive Bayes model of spam and ham. The same training gives the same model; `toJson` can be stored and loaded. */
export type LocalClassifier = { classify(prompt: string): Classification; toJson(): string };

const mostTelling = 6;

/** A text with its true label, counted `times` (once): a weight in whole numbers. */
export type Example = { prompt: string; label: MailLabel; times?: number };

/** Learns from prompts with their true labels; throws when a label has no example or there are too few words to learn. */
export function trainClassifier(examples: Iterable<Example>): LocalClassifier {
  const model = untrained();
  model.defineConfig({ considerOnlyPresence: true, smoothingFactor: 1 });
  return classifierOf(taught(model, examples));
}

/** A stored model that learned more: the same as if it had learned all of it at once. The stored one stays as it is. */
export function continueClassifier(json: string, examples: Iterable<Example>): LocalClassifier {
  const model = untrained();
  model.importJSON(json);
  return classifierOf(taught(model, examples));
}

/** The model that `toJson` stored; throws when the text is not one. */
export function loadClassifier(json: string): LocalClassifier {
  const model = untrained();
  model.importJSON(json);
  return classifierOf(model);
}

function untrained() {
  const model = naiveBayes();
  model.definePrepTasks([(tokens) => tokens]);
  return model;
}

function taught(model: ReturnType<typeof naiveBayes>, examples: Iterable<Example>) {
  for (const { prompt, label, times = 1 } of examples) {
    const tokens = mailTokens(prompt);
    for (let i = 0; i < times; i++) model.learn(tokens, label);
  }
  return model;
}

function classifierOf(model: ReturnType<typeof naiveBayes>): LocalClassifier {
  model.consolidate();
  const { spam = 0, ham = 0 } = model.stats().labelWiseSamples;
  if (spam === 0 || ham === 0) throw new Error("The classifier needs examples of both spam and ham");
  const prior = Math.log2(spam) - Math.log2(ham);
  const spamOdds = (tokens: string[]) =>
    model.computeOdds(tokens).find(([label]) => label === "spam")?.[1] ?? 0;
  return {
    classify(prompt) {
      const tokens = mailTokens(prompt);
      const odds = spamOdds(tokens);
      const telling = tokens.map((token) => ({ token, log2Odds: tokenOdds(spamOdds([token]), prior) }));
      return {
        label: odds > 0 ? "spam" : "ham",
        // Two labels: the odds are those of one against the other.
        confidence: 1 / (1 + 2 ** -Math.abs(odds)),
        telling: telling
          .filter(({ log2Odds }) => log2Odds !== 0)
          .toSorted((a, b) => Math.abs(b.log2Odds) - Math.abs(a.log2Odds))
          .slice(0, mostTelling),
      };
    },
    toJson: () => model.exportJSON(),
  };
}

/** A lone word's odds hold the prior once; an unknown word has none and says nothing. */
function tokenOdds(odds: number, prior: number): number {
  return odds === 0 ? 0 : odds - prior;
}
