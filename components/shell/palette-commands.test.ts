import { expect, test, vi } from "vitest";
import type { FoundDecision } from "@/lib/reviews/search";
import { foundCommands, matching, pageCommands, shortcutCommands, stopCommands } from "./palette-commands";

const labels = (commands: { label: string }[]) => commands.map(({ label }) => label);
const noop = () => undefined;

test("words match in any order, in the group's name too", () => {
  const pages = pageCommands(
    ["inbox", "evaluation"],
    [{ href: "/settings/keyboard", label: "Keyboard" }],
    noop,
  );
  expect(labels(matching("key set", pages))).toEqual(["Settings: Keyboard"]);
  expect(labels(matching("pages inb", pages))).toEqual(["Inbox"]);
  expect(matching("nothing like it", pages)).toEqual([]);
  expect(matching("", pages)).toHaveLength(3);
});

test("every action of the page is listed with its key, the palette itself and the way back are not", () => {
  const run = vi.fn();
  const commands = shortcutCommands([
    {
      title: "Review",
      shortcuts: [
        { id: "approve", label: "Approve", keys: ["y"], run },
        { id: "edit", label: "Edit", keys: [], run },
        { id: "back", label: "Back", keys: ["Escape"], run },
        { id: "palette", label: "Palette", keys: ["$mod+k"], run },
        { id: "go.inbox", label: "Go to Inbox", keys: ["g i"], run },
      ],
    },
  ]);
  expect(commands.map(({ label, keys }) => [label, keys])).toEqual([
    ["Approve", "y"],
    ["Edit", undefined],
  ]);
});

test("what waits opens to be ruled on, what is over opens as a decision", () => {
  const go = vi.fn();
  const found = {
    review_id: "rev_1",
    waiting: true,
    summary: "s",
    status: "in_review",
    app: "a",
    external_id: null,
  };
  const decisions = [
    { id: "dec_1", ...found },
    { id: "dec_2", ...found, waiting: false },
  ] as FoundDecision[];
  for (const { run } of foundCommands({ decisions, apps: [{ id: "app_1", name: "Mail" }] }, go)) run();
  expect(go.mock.calls.flat()).toEqual(["/inbox/rev_1", "/decisions/dec_2", "/apps/app_1"]);
});

test("stopping asks first, for everything or for an app that was found", () => {
  const ask = vi.fn();
  const commands = stopCommands([{ id: "app_1", name: "Mail" }], ask);
  expect(commands.every(({ stays }) => stays)).toBe(true);
  for (const { run } of commands) run();
  expect(ask.mock.calls.flat()).toEqual([
    { scope: "global" },
    { scope: "app", scope_id: "app_1", name: "Mail" },
  ]);
});
