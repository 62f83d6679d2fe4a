/** What a press carries, of a browser's keyboard event. */
export type Press = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

const modifiers = ["Shift", "Control", "Meta", "Alt", "AltGraph", "CapsLock", "Fn", "Dead", "Process"];

/** A press as the key map writes it, or null while only modifiers are down. Ctrl and ⌘ are both `$mod`. */
export function chordOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): string | null {
  if (modifiers.includes(key) || key === "Unidentified") return null;
  const isSign = key.length === 1 && !/[\p{L}\p{N} ]/u.test(key);
  const parts: string[] = [];
  if (ctrlKey || metaKey) parts.push("$mod");
  // Which signs need Shift is the keyboard's own affair: they match either way.
  if (isSign) parts.push("[Shift]", "[Alt]");
  else {
    if (altKey) parts.push("Alt");
    if (shiftKey) parts.push("Shift");
  }
  parts.push(key === " " ? "Space" : key.length === 1 ? key.toLowerCase() : key);
  return parts.join("+");
}

/** `$mod+Shift+K` → modifiers that must be down, and the key: one press of a sequence in one spelling. */
function partsOf(press: string): { held: string[]; key: string } {
  const parts = press.split(/(?<=\w|\])\+/);
  const key = parts.pop() ?? "";
  const held = parts
    .filter((part) => !part.startsWith("["))
    .map((part) => part.replace(/^(Control|Meta)$/, "$mod"));
  return { held: held.toSorted(), key: key.length === 1 ? key.toLowerCase() : key };
}

/** The presses of a key in one spelling, so that two can be compared: `Shift+J` and `Shift+j` are the same. */
export function pressesOf(keys: string): string[] {
  return keys.split(" ").map((press) => {
    const { held, key } = partsOf(press);
    return [...held, key].join("+");
  });
}

/** True when one of two keys would fire in the middle of the other, or they are the same. */
export function collide(one: string, other: string): boolean {
  const [a, b] = [pressesOf(one), pressesOf(other)];
  return a.slice(0, b.length).join(" ") === b.slice(0, a.length).join(" ");
}

// Chords that belong to the browser or the system: closing, finding, printing, zooming, copying, the address bar.
const browsers = new Set(
  [
    ..."abcdefghijlmnopqrtuvwxyz",
    ..."0123456789",
    "-",
    "=",
    "+",
    "[",
    "]",
    "Tab",
    "ArrowLeft",
    "ArrowRight",
  ].map((key) => `$mod+${key}`),
);
const alone = /^(Tab|Escape|Backspace|Delete|Home|End|PageUp|PageDown|ContextMenu|F\d{1,2}|Arrow\w+|Enter)$/;

/** Why a person may not choose this key, as a sentence; nothing when they may. */
export function refusalOf(keys: string): string | undefined {
  if (!/^\S+( \S+)?$/.test(keys) || keys.length > 40) return "Press one key, or two after each other.";
  for (const press of keys.split(" ")) {
    const { held, key } = partsOf(press);
    if (key === "") return "The plus sign cannot be used.";
    if (alone.test(key) && !(held.includes("$mod") && key === "Enter"))
      return "This key moves or leaves in every browser; choose another.";
    if (held.includes("Alt")) return "Alt writes signs or opens menus on many keyboards; choose another.";
    const plain = [...held.filter((part) => part !== "Shift"), key].join("+");
    if (held.includes("$mod") && browsers.has(plain))
      return "The browser keeps this key for itself; choose another.";
  }
  return undefined;
}
