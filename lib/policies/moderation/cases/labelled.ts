import type { LabelledText } from "../measure";

/** A labelled set of texts that should be found and texts that should not. */
export function labelled(found: readonly string[], clean: readonly string[]): readonly LabelledText[] {
  return [...found.map((text) => ({ text, label: true })), ...clean.map((text) => ({ text, label: false }))];
}
