import { type LocalClassifier, trainClassifier } from "@/lib/models/local-classifier";
import { mailPrompt } from "@/lib/models/mail-prompt";
import type { Mail } from "./messages";

/** The demo's local model, trained on the messages set apart for it. Takes well under a second. */
export function trainMailClassifier(train: readonly Mail[]): LocalClassifier {
  return trainClassifier(
    train.map((mail) => ({
      prompt: mailPrompt(mail),
      label: mail.isSpam ? ("spam" as const) : ("ham" as const),
    })),
  );
}
