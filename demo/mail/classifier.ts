import { type LocalClassifier, trainClassifier } from "@/lib/models/local-classifier";
import { mailPrompt } from "@/lib/models/mail-prompt";
import type { Mail } from "./messages";

/**
 * The demo's first model learns from so many of the messages set apart for it: few, as where a team has just begun, so that
 * what people teach it shows. The others are left for measuring.
 */
export const firstLessons = 300;

/** The demo's local model, trained on messages with their truth. Takes well under a second. */
export function trainMailClassifier(train: readonly Mail[]): LocalClassifier {
  return trainClassifier(
    train.map((mail) => ({
      prompt: mailPrompt(mail),
      label: mail.isSpam ? ("spam" as const) : ("ham" as const),
    })),
  );
}
