import { beforeEach, expect, test, vi } from "vitest";
import type { Answer, Staged } from "./answers";
import type { KeptVerdict } from "./kept-verdict";
import { dropKept, keepVerdict, keptVerdicts } from "./kept-verdicts";
import { sendKept } from "./send-kept";

const stored = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
});
beforeEach(() => stored.clear());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const aVerdict = (reviewId: string, more: Partial<KeptVerdict> = {}): KeptVerdict => ({
  reviewId,
  by: "ana",
  summary: `Refund ${reviewId}`,
  ruling: { verdict: "approve" },
  held: true,
  until: inMinutes(10),
  ...more,
});
const given = (reviewId: string): Answer<Staged> => ({
  ok: true,
  data: { reviewId, effectiveAt: inMinutes(1), undoSeconds: 5 },
});
const failed = (code: string): Answer<Staged> => ({
  ok: false,
  error: { code, message: `Because ${code}`, errors: [] },
});

/** Sends all of ana's; `answers` by review. */
async function send(answers: Record<string, Answer<Staged>>, meanwhile?: (reviewId: string) => void) {
  const asked: string[] = [];
  const told: string[] = [];
  await sendKept({
    by: "ana",
    stage: async ({ reviewId }) => {
      asked.push(reviewId);
      await Promise.resolve();
      meanwhile?.(reviewId);
      return answers[reviewId] ?? given(reviewId);
    },
    onOutcome: ({ reviewId }, outcome, wanted) =>
      told.push(`${reviewId} ${outcome.is}${wanted ? "" : ", taken back"}`),
  });
  return { asked, told };
}

test("each is sent once, in the order given; what is refused stays with its reason until it is read", async () => {
  for (const id of ["a", "b", "c"]) keepVerdict(aVerdict(id));
  const { asked, told } = await send({ b: failed("review_claimed") });
  expect(asked).toEqual(["a", "b", "c"]);
  expect(told).toEqual(["a given", "b refused", "c given"]);
  expect(keptVerdicts()).toEqual([
    { ...aVerdict("b"), until: expect.any(String), refused: "Because review_claimed" },
  ]);
  expect((await send({})).asked).toEqual([]);
  dropKept({ reviewId: "b", by: "ana" });
  expect(stored.size).toBe(0);
});

test("without an answer the rest waits, in its order", async () => {
  for (const id of ["a", "b", "c"]) keepVerdict(aVerdict(id));
  expect((await send({ b: failed("unreachable") })).asked).toEqual(["a", "b"]);
  expect(keptVerdicts().map(({ reviewId }) => reviewId)).toEqual(["b", "c"]);
});

test("what ran out is not sent, another person's neither", async () => {
  keepVerdict(aVerdict("late", { until: inMinutes(-1) }));
  keepVerdict(aVerdict("theirs", { by: "bo" }));
  const { asked, told } = await send({});
  expect(asked).toEqual([]);
  expect(told).toEqual(["late refused"]);
  expect(keptVerdicts().map(({ reviewId, refused }) => [reviewId, refused !== undefined])).toEqual([
    ["theirs", false],
    ["late", true],
  ]);
});

test("what is taken back on its way is said to be so, and what waits behind it is not sent", async () => {
  for (const id of ["a", "b"]) keepVerdict(aVerdict(id));
  const { asked, told } = await send({}, () => {
    for (const reviewId of ["a", "b"]) dropKept({ reviewId, by: "ana" });
  });
  expect(asked).toEqual(["a"]);
  expect(told).toEqual(["a given, taken back"]);
});

test("two askings at once send one after the other's set, never a verdict twice", async () => {
  for (const id of ["a", "b"]) keepVerdict(aVerdict(id));
  const [one, two] = await Promise.all([send({}), send({})]);
  expect([...one.asked, ...two.asked]).toEqual(["a", "b"]);
});

test("where the browser keeps nothing a verdict is not said to be kept", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => null,
    setItem: () => {
      throw new Error("refused");
    },
  });
  expect(keepVerdict(aVerdict("a"))).toBe(false);
});
