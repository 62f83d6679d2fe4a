import { expect, test } from "vitest";
import { nextStep, type NextStep, type Waiting } from "./next-step";

const waiting: Waiting = {
  status: "unknown",
  class: "A",
  attempt: 1,
  maxAttempts: 8,
  sentAgo: 5,
  keyTtlSeconds: 86_400,
  canLookUp: true,
  isRefused: false,
  isAbsent: false,
  isCredentialNewer: false,
  isAccepted: false,
  isLate: false,
  isRetry: false,
};
const lastHour = 86_400 - 3600;

const cases: [string, Partial<Waiting>, NextStep["to"]][] = [
  ["what was never sent is sent", { status: "pending", sentAgo: null, attempt: 0 }, "send"],
  ["class C too, once", { status: "pending", class: "C", sentAgo: null, attempt: 0 }, "send"],
  ["a lapsed approval is not sent", { status: "pending", isLate: true }, "dead"],
  ["A: sent again with its key", {}, "send"],
  ["A: until an hour before the key is forgotten", { sentAgo: lastHour - 1 }, "send"],
  ["A: then looked up", { sentAgo: lastHour }, "look_up"],
  ["A: then a person's", { sentAgo: lastHour, isAbsent: true }, "dead"],
  ["A: then a person's, without a look-up", { sentAgo: lastHour, canLookUp: false }, "dead"],
  ["A: a key kept for under an hour is never trusted", { keyTtlSeconds: 3000, sentAgo: 0 }, "look_up"],
  ["A: attempts are numbered", { attempt: 8, canLookUp: false }, "dead"],
  ["A: the last one is looked up", { attempt: 8 }, "look_up"],
  ["A: a lapsed approval is looked up, not sent", { isLate: true }, "look_up"],
  ["A: a lapsed approval ends", { isLate: true, isAbsent: true }, "dead"],
  ["A: a later refusal is looked up first", { isRefused: true }, "look_up"],
  ["A: refused and absent: nothing happened", { isRefused: true, isAbsent: true }, "failed"],
  ["A: refused, and nobody to ask: the key decides", { isRefused: true, canLookUp: false }, "send"],
  ["B: looked up before anything else", { class: "B" }, "look_up"],
  ["B: sent again when it is not there", { class: "B", isAbsent: true }, "send"],
  ["B: looked up at the last attempt too", { class: "B", attempt: 8 }, "look_up"],
  ["B: then a person's", { class: "B", attempt: 8, isAbsent: true }, "dead"],
  ["B: refused and absent: nothing happened", { class: "B", isRefused: true, isAbsent: true }, "failed"],
  ["B without a look-up is a person's", { class: "B", canLookUp: false }, "person"],
  ["B: a lapsed approval is looked up, not sent", { class: "B", isLate: true, isAbsent: true }, "dead"],
  ["C is a person's at once", { class: "C" }, "person"],
  ["C is a person's, whatever else is known", { class: "C", isAbsent: true, isRefused: true }, "person"],
  ["taken on and not reported: looked up", { isAccepted: true }, "look_up"],
  ["taken on and not reported, of class C that can be asked", { class: "C", isAccepted: true }, "look_up"],
  ["taken on, not reported and not there: a person's", { isAccepted: true, isAbsent: true }, "person"],
  ["taken on, with nobody to ask: a person's", { isAccepted: true, canLookUp: false }, "person"],
  ["what was never sent runs under a new credential", { status: "pending", isCredentialNewer: true }, "send"],
  ["A under a new credential: looked up, never sent again", { isCredentialNewer: true }, "look_up"],
  ["A under a new credential, not there: a person's", { isCredentialNewer: true, isAbsent: true }, "person"],
  ["A under a new credential, nobody to ask", { isCredentialNewer: true, canLookUp: false }, "person"],
  ["B not there under a new credential", { class: "B", isCredentialNewer: true, isAbsent: true }, "person"],
  ["asked for by a person, under a new credential", { isCredentialNewer: true, isRetry: true }, "send"],
  ["asked for by a person, though it was taken on", { isAccepted: true, isRetry: true }, "send"],
  ["asked for by a person: C is sent once more", { class: "C", isRetry: true }, "send"],
  ["asked for by a person: B without a look-up", { class: "B", isRetry: true }, "send"],
  ["asked for by a person: A after its key's life", { sentAgo: 90_000, attempt: 8, isRetry: true }, "send"],
  ["asked for by a person, under a lapsed approval", { isRetry: true, isLate: true }, "dead"],
];

test.each(cases)("%s", (_sentence, change, to) => {
  expect(nextStep({ ...waiting, ...change }).to).toBe(to);
});
