import {
  ArrowUpRight,
  Ban,
  CheckCheck,
  Check,
  CircleCheckBig,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CircleX,
  Clock,
  Eye,
  Hourglass,
  type LucideIcon,
  MessageSquareReply,
  Moon,
  OctagonX,
  Pencil,
  Replace,
  Scale,
  Send,
  UserCheck,
  Users,
  X,
  Zap,
} from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { AutonomyLevel } from "@/lib/apps/schema";
import type { AuditState, Judgement } from "@/lib/audits/schema";
import type { DecisionStatus, Route } from "@/lib/decisions/schema";
import type { ExecutionStatus, ReviewStatus, Verdict } from "@/lib/kernel/statuses";

type Look = readonly [tone: Tone, word: string, Icon: LucideIcon];

const decision: Record<DecisionStatus, Look> = {
  in_review: ["review", "Needs review", CircleDot],
  awaiting_second: ["review", "Awaiting second", Users],
  approved: ["approved", "Approved", Check],
  declined: ["declined", "Declined", X],
  expired: ["idle", "Expired", Clock],
  cancelled: ["idle", "Cancelled", Ban],
  superseded: ["idle", "Superseded", Replace],
  recorded: ["idle", "Recorded", Eye],
};

const review: Record<ReviewStatus, Look> = {
  open: ["review", "Open", CircleDot],
  claimed: ["accent", "Claimed", UserCheck],
  snoozed: ["idle", "Snoozed", Moon],
  resolved: ["neutral", "Resolved", CheckCheck],
  expired: ["idle", "Expired", Clock],
  cancelled: ["idle", "Cancelled", Ban],
};

const route: Record<Route, Look> = {
  execute: ["auto", "Auto", Zap],
  review: ["review", "Review", CircleDot],
  decline: ["declined", "Auto-declined", X],
  shadow: ["idle", "Shadow", Eye],
};

const execution: Record<ExecutionStatus, Look> = {
  pending: ["idle", "Pending", Hourglass],
  in_flight: ["accent", "In flight", Send],
  succeeded: ["approved", "Succeeded", CircleCheckBig],
  failed: ["declined", "Failed", CircleX],
  unknown: ["escalated", "Unknown", CircleHelp],
  dead: ["declined", "Dead", OctagonX],
  disputed: ["escalated", "Disputed", Scale],
  cancelled: ["idle", "Cancelled", Ban],
};

const verdict: Record<Verdict, Look> = {
  approve: ["approved", "Approve", Check],
  edit: ["edited", "Edit", Pencil],
  decline: ["declined", "Decline", X],
  respond: ["accent", "Respond", MessageSquareReply],
};

const judgement: Record<Judgement, Look> = {
  correct: ["approved", "Correct", Check],
  incorrect: ["declined", "Incorrect", X],
  borderline: ["review", "Borderline", CircleDashed],
};

const audit: Record<AuditState, Look> = {
  open: ["review", "Open", CircleDot],
  claimed: ["accent", "Claimed", UserCheck],
  done: ["neutral", "Done", CheckCheck],
  expired: ["idle", "Expired", Clock],
  waiting: ["idle", "Waits for others", Hourglass],
  disputed: ["escalated", "Disputed", Scale],
};

const level: Record<AutonomyLevel, Look> = {
  shadow: ["idle", "Shadow", Eye],
  review_all: ["review", "Review all", CircleDot],
  auto: ["auto", "Auto", Zap],
};

const escalation: Record<"escalated", Look> = {
  escalated: ["escalated", "Escalated", ArrowUpRight],
};

const looks = { decision, review, route, execution, verdict, judgement, audit, level, escalation };
type Looks = typeof looks;
export type StatusKind = keyof Looks;

type Props = {
  [K in StatusKind]: { kind: K; status: keyof Looks[K]; className?: string };
}[StatusKind];

function lookOf(props: Props): Look {
  // The union ties status to kind; TypeScript cannot carry that through the index.
  return (looks[props.kind] as Record<string, Look>)[props.status] ?? ["idle", props.status, CircleDashed];
}

/** A status as icon, word and colour. Approval is filled, execution outlined: they are two machines and two badges. */
export function StatusBadge(props: Props) {
  const [tone, word, Icon] = lookOf(props);
  return (
    <Badge tone={tone} look={props.kind === "execution" ? "outline" : "soft"} className={props.className}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}

/** The word alone, for filters and charts. */
export function statusWord<K extends StatusKind>(kind: K, status: keyof Looks[K] & string): string {
  return (looks[kind] as Record<string, Look>)[status]?.[1] ?? status;
}
