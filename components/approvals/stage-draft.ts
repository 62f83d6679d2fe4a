import type { ApprovalRuleView, ApprovalStage } from "@/lib/reviews/approval-rules";

/** A stage as a person types it; `key` keeps its fields apart on screen. */
export type StageDraft = {
  key: number;
  name: string;
  minimum: number;
  skills: string;
  members: string[];
  excluded: string[];
};

/** A stage nobody has filled yet. */
export function newStage(key: number): StageDraft {
  return { key, name: "", minimum: 1, skills: "", members: [], excluded: [] };
}

/** The stages of a rule to change, or two approvals of anybody to begin with. */
export function draftsOf(rule: ApprovalRuleView | undefined): StageDraft[] {
  if (!rule) return [{ ...newStage(0), name: "Two reviewers", minimum: 2 }];
  return rule.stages.map(({ name, minimum, skills, members, excluded }, key) => ({
    key,
    name,
    minimum,
    skills: skills.join(", "),
    members: members.map(({ id }) => id),
    excluded: excluded.map(({ id }) => id),
  }));
}

/** What was typed, as the rule holds it. */
export function stagesOf(drafts: readonly StageDraft[]): ApprovalStage[] {
  return drafts.map(({ name, minimum, skills, members, excluded }) => ({
    name: name.trim(),
    minimum,
    skills: skills
      .split(",")
      .map((skill) => skill.trim())
      .filter((skill) => skill !== ""),
    members,
    excluded,
  }));
}

/** `any 2 reviewers, then 1 of Ana, Bo`: a rule's stages in a line. */
export function stagesText(stages: ApprovalRuleView["stages"]): string {
  return stages.map(stageText).join(", then ");
}

function stageText({ minimum, members, skills, excluded }: ApprovalRuleView["stages"][number]): string {
  const names = members.map(({ name }) => name);
  const anybody = minimum === 1 ? "any reviewer" : `any ${minimum} reviewers`;
  const named = names.length === minimum ? names.join(" and ") : `${minimum} of ${names.join(", ")}`;
  const who = names.length === 0 ? anybody : named;
  const able = skills.length > 0 ? `${who} with ${skills.join(", ")}` : who;
  return excluded.length > 0 ? `${able}, not ${excluded.map(({ name }) => name).join(" or ")}` : able;
}
