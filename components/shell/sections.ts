import {
  ClipboardCheck,
  ChartColumn,
  Blocks,
  Inbox,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Scale,
  Send,
  Settings,
} from "lucide-react";

type Section = { label: string; href: string; icon: LucideIcon; keys: string; badgeWords?: string };

/** The rooms a person can walk into, in the order of the navigation. */
export const sections = {
  overview: { label: "Overview", href: "/", icon: LayoutDashboard, keys: "g o" },
  inbox: { label: "Inbox", href: "/inbox", icon: Inbox, keys: "g i", badgeWords: "need review" },
  decisions: { label: "Decisions", href: "/decisions", icon: ListChecks, keys: "g d" },
  executions: { label: "Executions", href: "/executions", icon: Send, keys: "g x" },
  reconcile: {
    label: "Reconcile",
    href: "/reconcile",
    icon: Scale,
    keys: "g r",
    badgeWords: "need a person",
  },
  audits: { label: "Audits", href: "/audits", icon: ClipboardCheck, keys: "g a", badgeWords: "to judge" },
  evaluation: { label: "Evaluation", href: "/evaluation", icon: ChartColumn, keys: "g e" },
  apps: { label: "Apps", href: "/apps", icon: Blocks, keys: "g p" },
  settings: { label: "Settings", href: "/settings", icon: Settings, keys: "g s" },
} as const satisfies Record<string, Section>;

export type SectionId = keyof typeof sections;

/** True when `path` is the section's page or below it. */
export function isWithin(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
