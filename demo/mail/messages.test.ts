import { beforeAll, describe, expect, test } from "vitest";
import { loadClassifier } from "@/lib/models/local-classifier";
import { mailPrompt } from "@/lib/models/mail-prompt";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError, overconfidence } from "@/lib/stats/calibration-error";
import { trainMailClassifier } from "./classifier";
import { loadMessages, type Mail } from "./messages";

let train: Mail[] = [];
let stream: Mail[] = [];
beforeAll(async () => {
  ({ train, stream } = await loadMessages());
}, 30_000);

describe("the real messages", () => {
  test("come in two halves that share no message, nearly six thousand in all", () => {
    const all = [...train, ...stream];
    expect(all.length).toBeGreaterThan(5_500);
    expect(Math.abs(train.length - stream.length)).toBeLessThanOrEqual(1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ subject, text }) => `${subject}\n${text}`)).size).toBe(all.length);
    expect(all.every(({ date }) => /^\d{4}-\d\d-\d\dT/.test(date))).toBe(true);
  });

  test("are of both kinds in both halves, alike", () => {
    const share = (mails: Mail[]) => mails.filter(({ isSpam }) => isSpam).length / mails.length;
    expect(share(train)).toBeGreaterThan(0.2);
    expect(Math.abs(share(train) - share(stream))).toBeLessThan(0.05);
  });

  test("can be stored: no NUL, no half of a surrogate pair, no endless text", () => {
    for (const { from, subject, text } of [...train, ...stream]) {
      const whole = `${from}\n${subject}\n${text}`;
      expect(whole.includes("\u0000") || !whole.isWellFormed() || text.length > 8000).toBe(false);
    }
  });
});

describe("the classifier trained on one half", () => {
  test("is right on at least 95 of 100 of the other, but surer than it is right", () => {
    const classifier = trainMailClassifier(train);
    const scored = stream.slice(0, 1500).map((mail) => {
      const { label, confidence } = classifier.classify(mailPrompt(mail));
      return { p: confidence, y: (label === "spam") === mail.isSpam ? 1 : 0 };
    });
    const right = scored.reduce((sum, { y }) => sum + y, 0) / scored.length;
    expect(right).toBeGreaterThanOrEqual(0.95);
    expect(brierScore(scored)).toBeLessThan(0.04);
    expect(expectedCalibrationError(scored)).toBeLessThan(0.05);
    expect(overconfidence(scored)).toBeGreaterThan(0);
  });

  test("stored as JSON and loaded again it answers the same", () => {
    const trained = trainMailClassifier(train.slice(0, 400));
    const loaded = loadClassifier(trained.toJson());
    for (const mail of stream.slice(0, 100)) {
      expect(loaded.classify(mailPrompt(mail))).toEqual(trained.classify(mailPrompt(mail)));
    }
  });
});
