"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { RoleBadge } from "@/components/identity/key-badges";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { Role } from "@/lib/identity/schema";

export type InvitationItem = { id: string; name: string; email: string; role: Role; expiresAt: string };

type Props = {
  invitations: InvitationItem[];
  /** Absent for those who may only look. */
  revoke?: (input: { invitationId: string }) => Promise<Answer<unknown>>;
};

/** Invitations that still let somebody in. */
export function InvitationsTable({ invitations, revoke }: Props) {
  const router = useRouter();
  const [chosen, setChosen] = useState<InvitationItem>();
  const withdraw: Column<InvitationItem> = {
    id: "withdraw",
    header: <span className="sr-only">Withdraw</span>,
    align: "end",
    role: "interactive",
    cell: (invitation) => (
      <Button
        size="sm"
        aria-label={`Withdraw the invitation of ${invitation.name}`}
        onClick={() => setChosen(invitation)}
      >
        Withdraw
      </Button>
    ),
  };
  return (
    <>
      <DataTable
        caption="Open invitations"
        columns={revoke ? [...columns, withdraw] : columns}
        rows={invitations}
        rowKey={(invitation) => invitation.id}
      />
      {revoke && chosen ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : setChosen(undefined))}
          title={`Withdraw the invitation of ${chosen.name}?`}
          description="Its link stops working. You can invite them again."
          confirmLabel="Withdraw"
          tone="danger"
          onConfirm={async () => {
            await orThrow(revoke({ invitationId: chosen.id }));
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

const columns: Column<InvitationItem>[] = [
  {
    id: "who",
    header: "Invited",
    role: "primary",
    cell: (invitation) => (
      <span className="flex flex-col py-1">
        <span className="font-semibold">
          <UntrustedInline text={invitation.name} />
        </span>
        <span className="text-xs text-muted-foreground">
          <UntrustedInline text={invitation.email} />
        </span>
      </span>
    ),
  },
  { id: "role", header: "Role", cell: (invitation) => <RoleBadge role={invitation.role} /> },
  {
    id: "expires",
    header: "Works until",
    className: "max-md:hidden",
    cell: (invitation) => <Time at={invitation.expiresAt} />,
  },
];
