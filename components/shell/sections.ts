import {
  BellRing,
  ClipboardCheck,
  ChartColumn,
  FlaskConical,
  Blocks,
  Gauge,
  Inbox,
  Layers,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  MessageCircleWarning,
  Scale,
  Send,
  Settings,
  Split,
  UserCheck,
} from "lucide-react";

type Section = { label: string; href: string; icon: LucideIcon; badgeWords?: string };

/** The rooms a person can walk into, in the order of the navigation. Their keys are `go.<id>` of the key map. */
export const sections = {
  overview: { label: "Overview", href: "/", icon: LayoutDashboard },
  inbox: { label: "Inbox", href: "/inbox", icon: Inbox, badgeWords: "need review" },
  queues: { label: "Queues", href: "/queues", icon: Layers },
  decisions: { label: "Decisions", href: "/decisions", icon: ListChecks },
  executions: { label: "Executions", href: "/executions", icon: Send },
  reconcile: {
    label: "Reconcile",
    href: "/reconcile",
    icon: Scale,
    badgeWords: "need a person",
  },
  appeals: { label: "Appeals", href: "/appeals", icon: MessageCircleWarning },
  audits: { label: "Audits", href: "/audits", icon: ClipboardCheck, badgeWords: "to judge" },
  discrepancies: { label: "Discrepancies", href: "/discrepancies", icon: Split },
  reviewers: { label: "Reviewers", href: "/reviewers", icon: UserCheck },
  attention: { label: "Attention", href: "/attention", icon: Gauge },
  evaluation: { label: "Evaluation", href: "/evaluation", icon: ChartColumn },
  experiments: { label: "Experiments", href: "/experiments", icon: FlaskConical },
  alerts: { label: "Alerts", href: "/alerts", icon: BellRing, badgeWords: "open incidents" },
  apps: { label: "Apps", href: "/apps", icon: Blocks },
  settings: { label: "Settings", href: "/settings", icon: Settings },
} as const satisfies Record<string, Section>;

export type SectionId = keyof typeof sections;

/** True when `path` is the section's page or below it. */
export function isWithin(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
