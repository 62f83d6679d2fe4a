import { describe, expect, test } from "vitest";
import { isBareKey, type KeyMoment, mayRun, printedKeys } from "./shortcut-guard";

const calm: KeyMoment = {
  typing: false,
  layerOpen: false,
  prefixed: false,
  repeated: false,
  composing: false,
  handled: false,
  switchedOff: false,
  activates: false,
};

test("a bare key runs when nothing else is going on", () => {
  expect(mayRun({ keys: "a" }, calm)).toBe(true);
});

describe("a bare key is ignored", () => {
  test.each<[string, Partial<KeyMoment>]>([
    ["while typing", { typing: true }],
    ["while a dialog or menu is open", { layerOpen: true }],
    ["right after the first key of a sequence", { prefixed: true }],
    ["when held down", { repeated: true }],
    ["while an input method composes", { composing: true }],
    ["when something already took it", { handled: true }],
    ["when shortcuts are switched off", { switchedOff: true }],
    ["when it presses the button that has the focus", { activates: true }],
  ])("%s", (_when, moment) => expect(mayRun({ keys: "a" }, { ...calm, ...moment })).toBe(false));
  test("when its page says so", () => expect(mayRun({ keys: "a", when: false }, calm)).toBe(false));
});

describe("what is allowed nonetheless", () => {
  test("a sequence after its prefix", () =>
    expect(mayRun({ keys: "g a" }, { ...calm, prefixed: true })).toBe(true));
  test("moving, held down", () =>
    expect(mayRun({ keys: "j", repeat: true }, { ...calm, repeated: true })).toBe(true));
  test("submitting from a text field", () =>
    expect(mayRun({ keys: "$mod+Enter", inFields: true }, { ...calm, typing: true })).toBe(true));
  test("modifier keys and Escape with shortcuts off", () => {
    expect(mayRun({ keys: "$mod+Enter" }, { ...calm, switchedOff: true })).toBe(true);
    expect(mayRun({ keys: "Escape" }, { ...calm, switchedOff: true })).toBe(true);
  });
});

test.each([
  ["a", true],
  ["Shift+j", true],
  ["g i", true],
  ["$mod+Enter", false],
  ["Escape", false],
])("%s is a bare key: %s", (keys, bare) => expect(isBareKey(keys)).toBe(bare));

test.each([
  ["g i", [["G"], ["I"]]],
  ["$mod+Enter", [["⌘/Ctrl", "↵"]]],
  ["[Shift]+?", [["?"]]],
])("%s is printed %j", (keys, printed) => expect(printedKeys(keys)).toEqual(printed));
