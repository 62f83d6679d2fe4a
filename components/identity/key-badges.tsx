import { Badge } from "@/components/ui/badge";
import type { KeyStatus, MemberStatus, Role } from "@/lib/identity/schema";

const keyTones = { active: "approved", expired: "idle", revoked: "declined" } as const;
const roleTones = { reviewer: "accent", auditor: "edited", admin: "neutral" } as const;

/** A key's state in a word. */
export function KeyStatusBadge({ status }: { status: KeyStatus }) {
  return (
    <Badge tone={keyTones[status]} className="capitalize">
      {status}
    </Badge>
  );
}

/** A role in a word. */
export function RoleBadge({ role }: { role: Role }) {
  return (
    <Badge tone={roleTones[role]} className="capitalize">
      {role}
    </Badge>
  );
}

/** Whether a member has access. */
export function MemberStatusBadge({ status }: { status: MemberStatus }) {
  return (
    <Badge tone={status === "active" ? "approved" : "idle"} className="capitalize">
      {status}
    </Badge>
  );
}
