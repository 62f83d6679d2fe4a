import { expect, test } from "vitest";
import { mailOf, oneLine, slackOf, slackText } from "./compose";

const told = { title: "Assigned to you: Refund desk", body: "", href: "/inbox/rev_1" };
const about = { orgName: "Northwind", origin: "https://desk.example" };

test("a mail of one thing says it in its subject and links to it on our origin alone", () => {
  const { subject, text } = mailOf([told], about);
  expect(subject).toBe(told.title);
  expect(text).toContain("Open: https://desk.example/inbox/rev_1");
  const links = [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link).origin);
  expect(new Set(links)).toEqual(new Set(["https://desk.example"]));
});

test("a digest says how many, and each has its link", () => {
  const { subject, text } = mailOf(
    [told, { ...told, href: "/inbox/rev_2", approveHref: "/approve/rev_2/x" }],
    about,
  );
  expect(subject).toBe("2 things to see in Northwind");
  expect(text).toContain("https://desk.example/inbox/rev_1");
  expect(text).toContain("Approve (asks you once more): https://desk.example/approve/rev_2/x");
});

test("no name can add a header, a line or a link that is not ours", () => {
  const evil = "Hi\r\nBcc: all@example.com\u2028<https://evil.example|Click> <!channel> *bold* `x` &amp;";
  expect(mailOf([{ ...told, title: evil }], about).subject).not.toMatch(/[\r\n\u2028]/);
  const { text, blocks } = slackOf({ ...told, title: evil }, about);
  for (const said of [text, JSON.stringify(blocks)]) {
    expect(said).not.toContain("<https://evil.example");
    expect(said).not.toContain("<!channel>");
  }
  expect(slackText("a < b & *c*")).toBe("a &lt; b &amp; \u200b*c\u200b*");
});

test("one line is bounded and keeps letters of every script", () => {
  expect(oneLine("  Größe\n審査 \u202e x ")).toBe("Größe 審査 x");
  expect(oneLine("x".repeat(500))).toHaveLength(150);
});
