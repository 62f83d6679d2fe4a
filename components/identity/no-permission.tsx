import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { what: string; roles: readonly string[]; action?: ReactNode };

/** A page this person may not open: who may, and who can grant it. */
export function NoPermission({ what, roles, action }: Props) {
  return (
    <div className="rounded-card border bg-card">
      <EmptyState title={`${what} are not yours to open`} icon={Lock} action={action}>
        They are for {roles.join(" and ")}. An admin can give you that role in Settings, Members.
      </EmptyState>
    </div>
  );
}
