import { isJsonObject } from "@/lib/kernel/json";
import type { PlacedText } from "./agent-in-force";

/** The parts of a submission that carry text; what intake takes and what a decision's row gives both fit. */
export type Material = {
  input: unknown;
  context?: unknown;
  rationale?: string | { text: string } | null;
  proposal: { arguments: unknown };
};

/** UTF-16 units of one decision that are looked at, over all its strings. */
export const mostUnits = 100_000;
/** Strings of one decision that are looked at. */
export const mostStrings = 2000;

type Walk = { texts: PlacedText[]; left: number; isOver: boolean };

/**
 * Every string of the arguments, the rationale, the input and the context, with its pointer into the submission. At
 * most 100,000 units and 2,000 strings; what is over is marked as cut, so that agents can say they did not see all.
 * Arguments come first: they are what would be done.
 */
export function textsOf(material: Material): PlacedText[] {
  const walk: Walk = { texts: [], left: mostUnits, isOver: false };
  collect(walk, "/proposal/arguments", material.proposal.arguments);
  const { rationale } = material;
  if (typeof rationale === "string") add(walk, "/rationale", rationale);
  else if (rationale) add(walk, "/rationale/text", rationale.text);
  collect(walk, "/input", material.input);
  collect(walk, "/context", material.context);
  return walk.texts;
}

// A stack and not recursion: a hostile depth costs memory for itself only.
function collect(walk: Walk, root: string, value: unknown): void {
  const open: { at: string; value: unknown }[] = [{ at: root, value }];
  while (open.length > 0 && !walk.isOver) {
    const here = open.pop();
    if (!here) return;
    if (typeof here.value === "string") add(walk, here.at, here.value);
    else open.push(...childrenOf(here.at, here.value).toReversed());
  }
}

function childrenOf(at: string, value: unknown): { at: string; value: unknown }[] {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({ at: `${at}/${index}`, value: item }));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, item]) => ({ at: `${at}/${escaped(key)}`, value: item }));
}

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

function add(walk: Walk, at: string, text: string): void {
  if (text === "" || walk.isOver) return;
  const seen = walk.texts.length < mostStrings ? text.slice(0, walk.left) : "";
  walk.left -= seen.length;
  const cut = text.length - seen.length;
  if (cut > 0) walk.isOver = true;
  walk.texts.push(cut > 0 ? { at, text: seen, cut } : { at, text: seen });
}
