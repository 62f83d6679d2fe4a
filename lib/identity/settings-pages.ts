import { roleMay, type Capability } from "./matrix";
import type { Role } from "./schema";

type SettingsPage = { href: string; label: string; sentence: string; needs: Capability };

/** The settings pages in the order of their tabs, and what a person needs to open each. */
export const settingsPages = [
  {
    href: "/settings/members",
    label: "Members",
    sentence: "Who is in the organisation, and as what.",
    needs: "members.read",
  },
  {
    href: "/settings/types",
    label: "Decision types",
    sentence: "What kinds of decision apps submit.",
    needs: "settings.open",
  },
  {
    href: "/settings/connectors",
    label: "Connectors",
    sentence: "The doors to the company's systems.",
    needs: "settings.open",
  },
  {
    href: "/settings/budgets",
    label: "Budgets",
    sentence: "What may be carried out in an hour or a day.",
    needs: "settings.open",
  },
  {
    href: "/settings/approvals",
    label: "Approvals",
    sentence: "Who must approve what, and who stands in for whom.",
    needs: "approval_rules.read",
  },
  {
    href: "/settings/agents",
    label: "Moderation",
    sentence: "Agents that look for harm in what apps submit.",
    needs: "agents.read",
  },
  {
    href: "/settings/models",
    label: "Models",
    sentence: "What prompts, judges and the LLM auditor are answered by.",
    needs: "models.read",
  },
  {
    href: "/settings/imports",
    label: "Imports",
    sentence: "Files of feedback and of what turned out to be right.",
    needs: "feedback.import",
  },
  {
    href: "/settings/keys",
    label: "API keys",
    sentence: "The keys that apps call with.",
    needs: "keys.read",
  },
  {
    href: "/settings/tokens",
    label: "Personal tokens",
    sentence: "Tokens with which your own programs act as you.",
    needs: "tokens.write",
  },
  {
    href: "/settings/keyboard",
    label: "Keyboard",
    sentence: "Your own shortcuts, or none.",
    needs: "keymap.write",
  },
  {
    href: "/settings/notifications",
    label: "Notifications",
    sentence: "What you are told, where and when.",
    needs: "notices.read",
  },
  {
    href: "/settings/account",
    label: "Account",
    sentence: "Your password and where you are signed in.",
    needs: "tokens.write",
  },
] as const satisfies readonly SettingsPage[];

/** The settings pages this role may open. */
export function settingsPagesOf(role: Role): readonly SettingsPage[] {
  return settingsPages.filter((page) => roleMay(role, page.needs));
}

/** The console's sections and what a person needs to see each; everybody has an account under settings. */
const sectionNeeds = {
  overview: "evaluations.read",
  inbox: "reviews.read",
  queues: "queues.read",
  decisions: "decisions.read",
  executions: "executions.read",
  reconcile: "reconciliations.read",
  appeals: "appeals.read",
  audits: "audits.read",
  discrepancies: "discrepancies.read",
  reviewers: "reviewers.read",
  attention: "attention.read",
  evaluation: "evaluations.read",
  experiments: "experiments.read",
  alerts: "monitors.read",
  apps: "apps.read",
  settings: "tokens.write",
} as const satisfies Record<string, Capability>;
export type ConsoleSection = keyof typeof sectionNeeds;

/** The console's sections this role may open, in the order of the navigation. */
export function sectionsOf(role: Role): ConsoleSection[] {
  return (Object.keys(sectionNeeds) as ConsoleSection[]).filter((id) => roleMay(role, sectionNeeds[id]));
}
