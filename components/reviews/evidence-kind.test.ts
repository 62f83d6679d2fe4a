import { expect, test } from "vitest";
import type { JsonValue } from "@/lib/kernel/json";
import { evidenceOf, linkOf } from "./evidence-kind";

test("an object with from, subject and body is a mail, and nothing of it is left out", () => {
  expect(
    evidenceOf({ from: "a@b", subject: "Hi", body: "Text", headers: { x: 1 }, date: "2002-08-22" }),
  ).toEqual({
    kind: "mail",
    mail: { from: "a@b", subject: "Hi", body: "Text", date: "2002-08-22", rest: { headers: { x: 1 } } },
  });
  expect(evidenceOf({ from: "a@b", subject: "Hi", text: "Text" })).toMatchObject({
    kind: "mail",
    mail: { body: "Text" },
  });
});

test("a list of roles and contents is a chat, alone or under messages", () => {
  const turns = [
    { role: "user", content: "Refund me" },
    { role: "assistant", content: [{ type: "text", text: "Which order?" }] },
  ];
  const said = [
    { role: "user", text: "Refund me" },
    { role: "assistant", text: "Which order?" },
  ];
  expect(evidenceOf(turns)).toEqual({ kind: "chat", turns: said, rest: {} });
  expect(evidenceOf({ messages: turns, order: 5 })).toEqual({
    kind: "chat",
    turns: said,
    rest: { order: 5 },
  });
});

test("flat objects are facts; everything else is a tree", () => {
  expect(evidenceOf({ message: "Hi", n: 1 })).toMatchObject({ kind: "facts" });
  expect(evidenceOf({ message: "Hi", nested: {} })).toMatchObject({ kind: "json" });
  expect(evidenceOf([1, 2])).toMatchObject({ kind: "json" });
  expect(evidenceOf({ from: 5, subject: "Hi", body: "x" })).toMatchObject({ kind: "facts" });
  expect(evidenceOf({})).toMatchObject({ kind: "json" });
  expect(evidenceOf(null)).toEqual({ kind: "json", value: null });
});

test("a chat may name who speaks by from, and say when", () => {
  const said = [{ from: "customer", text: "Hello", at: "2026-11-22T10:00:00Z" }];
  expect(evidenceOf(said)).toEqual({
    kind: "chat",
    turns: [{ role: "customer", text: "Hello", at: "2026-11-22T10:00:00Z" }],
    rest: {},
  });
});

test("a list of flat objects is a table of all their columns; anything deeper or wider is a tree", () => {
  const rows: JsonValue = [
    { sku: "A1", price: { amount: 1800, currency: "EUR" } },
    { sku: "B2", count: 2 },
  ];
  expect(evidenceOf(rows)).toEqual({ kind: "table", columns: ["sku", "price", "count"], rows });
  expect(evidenceOf([{ sku: "A1", parts: [] }])).toMatchObject({ kind: "json" });
  expect(evidenceOf([{}])).toMatchObject({ kind: "json" });
  expect(evidenceOf([{ a: 1 }, 2])).toMatchObject({ kind: "json" });
  const wide = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`c${at}`, at]));
  expect(evidenceOf([wide])).toMatchObject({ kind: "json" });
});

const pixel = "data:image/png;base64,iVBORw0KGgo=";

test("a picture is shown only from the data itself, of four kinds, up to 300,000 characters", () => {
  expect(evidenceOf(pixel)).toEqual({ kind: "image", src: pixel, name: undefined });
  expect(evidenceOf({ image: pixel, name: "damage.png" })).toEqual({
    kind: "image",
    src: pixel,
    name: "damage.png",
  });
  for (const not of [
    "data:image/svg+xml;base64,PHN2Zz4=",
    "data:text/html;base64,PHN2Zz4=",
    "data:image/png;base64,<script>",
    `data:image/png;base64,${"A".repeat(300_000)}`,
    "javascript:alert(1)",
    "blob:https://a.example/1",
  ])
    expect(evidenceOf(not, "image"), not.slice(0, 40)).toMatchObject({ kind: "text" });
});

test("a picture elsewhere is a link with its host, never fetched; one that hides its host is text", () => {
  expect(evidenceOf("https://cdn.example/a.png", "image")).toEqual({
    kind: "link",
    href: "https://cdn.example/a.png",
    host: "cdn.example",
  });
  expect(evidenceOf("https://cdn.example/a.png")).toMatchObject({ kind: "text" });
  expect(evidenceOf("https://bank.example@evil.example/a.png", "image")).toMatchObject({ kind: "text" });
  expect(linkOf("javascript://%0aalert(1)")).toBeUndefined();
  expect(linkOf("https://")).toBeUndefined();
});
