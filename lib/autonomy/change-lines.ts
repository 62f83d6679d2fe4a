import { segmentLevels } from "./schema";
import { termDiff } from "./term-diff";
import { TermsView, type ChangeView } from "./views";
import { thresholdText } from "./threshold-text";
import { percentText } from "./words";

export type ChangeLine = { name: string; before: string | null; after: string };

const levelNames = { shadow: "Shadow", review_all: "Review all", auto: "Auto" } as const;

/** What a change of a contract changed, field by field; a contract that was made has no before. */
export function changeLines(
  { kind, before, after }: Pick<ChangeView, "kind" | "before" | "after">,
  currency: string,
): ChangeLine[] {
  const [was, is] = [before ?? {}, after ?? {}];
  const isNew = kind === "created";
  const settings = settingLines.flatMap(({ key, name, text }) => {
    const [one, two] = [text(was[key]), text(is[key])];
    if (one === two && !isNew) return [];
    if (isNew && key !== "level") return [];
    return [{ name, before: isNew ? null : one, after: two }];
  });
  const terms = [TermsView.safeParse(was["terms"]).data, TermsView.safeParse(is["terms"]).data];
  const changed = terms[0] && terms[1] ? termDiff(terms[0], terms[1], currency) : [];
  return [...settings, ...changed];
}

const settingLines: { key: string; name: string; text: (value: unknown) => string }[] = [
  { key: "level", name: "Level", text: levelText },
  {
    key: "threshold",
    name: "Threshold",
    text: (value) => (typeof value === "number" ? thresholdText(value) : "none"),
  },
  { key: "audit_rate", name: "Audit rate", text: shareText },
  { key: "ramp_share", name: "Ramp", text: shareText },
];

function levelText(value: unknown): string {
  const level = segmentLevels.find((one) => one === value);
  return level ? levelNames[level] : "none";
}

function shareText(value: unknown): string {
  return typeof value === "number" ? percentText(value) : "none";
}
