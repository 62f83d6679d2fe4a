/** One key of a page. `keys` is tinykeys' syntax: `a`, `Shift+j`, `$mod+Enter`, `g i`. */
export type Shortcut = {
  keys: string;
  /** What it does, as the cheat sheet says it. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Runs on auto-repeat too: moving, never deciding. */
  repeat?: boolean;
  /** False switches the key off and takes it from the cheat sheet. */
  when?: boolean;
  /** Also while a text field has the focus: `$mod+Enter`, `Escape`. */
  inFields?: boolean;
  /** Also while a dialog or menu is open. */
  inDialogs?: boolean;
};

/** What is going on in the page when a key goes down. */
export type KeyMoment = {
  typing: boolean;
  layerOpen: boolean;
  /** The key before began a sequence, as `g` does: this one belongs to it, so that `g a` never approves. */
  prefixed: boolean;
  repeated: boolean;
  composing: boolean;
  handled: boolean;
  switchedOff: boolean;
  /** The key presses the button or link that has the focus. */
  activates: boolean;
};

/** True for keys that fire without a modifier: those WCAG 2.1.4 wants a switch for. */
export function isBareKey(keys: string): boolean {
  return !/(\$mod|Control|Meta|Alt)\+/.test(keys) && keys !== "Escape";
}

/** True when the shortcut may run now. */
export function mayRun(shortcut: Omit<Shortcut, "run" | "label">, moment: KeyMoment): boolean {
  if (shortcut.when === false || moment.composing || moment.handled || moment.activates) return false;
  if (moment.repeated && !shortcut.repeat) return false;
  if (moment.typing && !shortcut.inFields) return false;
  if (moment.layerOpen && !shortcut.inDialogs) return false;
  if (moment.prefixed && !shortcut.keys.includes(" ")) return false;
  return !(moment.switchedOff && isBareKey(shortcut.keys));
}

const signs: Record<string, string> = {
  $mod: "⌘/Ctrl",
  Enter: "↵",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  "[Shift]": "",
  "[Alt]": "",
};

/** `g i` → [["G"], ["I"]]; `$mod+Enter` → [["⌘/Ctrl", "↵"]]: presses, each with its keys as printed. */
export function printedKeys(keys: string): string[][] {
  return keys.split(" ").map((press) =>
    press
      .split("+")
      .map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key))
      .filter((key) => key !== ""),
  );
}
