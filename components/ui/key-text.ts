/** The sign of the key that is Ctrl on other keyboards. */
export const modifier = "⌘";
const signs: Record<string, string> = {
  $mod: modifier,
  Shift: "⇧",
  Enter: "↵",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
};

/** One press without what may be held or not: `[Shift]+?` → `?`. */
const presses = (keys: string) => keys.split(" ").map((press) => press.replace(/\[\w+\]\+/g, ""));
const capital = (key: string) => (key.length === 1 ? key.toUpperCase() : key);

/** A key as a button prints it, in little room: `$mod+Enter` → `⌘↵`, `g i` → `G I`. */
export function keyText(keys: string): string {
  return presses(keys)
    .map((press) =>
      press
        .split("+")
        .map((key) => signs[key] ?? capital(key))
        .join(""),
    )
    .join(" ");
}

/** A key as `aria-keyshortcuts` spells it; nothing for two presses after each other, which it cannot say. */
export function ariaKeys(keys: string): string | undefined {
  const [press, ...more] = presses(keys);
  if (press === undefined || more.length > 0) return undefined;
  const spelled = press.split("+").map(capital).join("+");
  return spelled.includes("$mod")
    ? `${spelled.replace("$mod", "Meta")} ${spelled.replace("$mod", "Control")}`
    : spelled;
}
