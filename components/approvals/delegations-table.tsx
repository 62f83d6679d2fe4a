"use client";

import { ArrowRight, UserRoundPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type Answer } from "@/components/identity/use-submit";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DelegationStatus, DelegationView } from "@/lib/reviews/delegations";

export type Revoke = (input: { delegation: string }) => Promise<Answer<DelegationView>>;

const looks: Record<DelegationStatus, [tone: Tone, word: string]> = {
  active: ["approved", "In force"],
  over: ["idle", "Over"],
  revoked: ["idle", "Ended"],
};

const columns: Column<DelegationView>[] = [
  {
    id: "who",
    header: "Who stands in",
    role: "primary",
    cell: ({ from, to }) => (
      <span className="inline-flex flex-wrap items-center gap-1.5">
        {from.name}
        <ArrowRight role="img" aria-label="lends to" className="size-3.5 text-muted-foreground" />
        {to.name}
      </span>
    ),
  },
  { id: "queue", header: "Where", cell: ({ queue }) => queue?.name ?? "All queues" },
  {
    id: "reason",
    header: "Why",
    className: "max-md:hidden",
    cell: ({ reason }) => <UntrustedInline text={reason} />,
  },
  { id: "until", header: "Until", cell: ({ ends_at }) => <Time at={ends_at} /> },
  {
    id: "status",
    header: "State",
    cell: ({ status }) => <Badge tone={looks[status][0]}>{looks[status][1]}</Badge>,
  },
];

function ending(revoke: Revoke, may: (delegation: DelegationView) => boolean): Column<DelegationView> {
  return {
    id: "end",
    header: "End",
    role: "interactive",
    align: "end",
    cell: (delegation) =>
      delegation.status === "active" && may(delegation) ? (
        <EndButton delegation={delegation} revoke={revoke} />
      ) : null,
  };
}

function EndButton({ delegation, revoke }: { delegation: DelegationView; revoke: Revoke }) {
  const { toast } = useToast();
  const router = useRouter();
  async function end() {
    const answer = await revoke({ delegation: delegation.id });
    toast(
      answer.ok
        ? { title: `${delegation.to.name} no longer stands in`, tone: "success" }
        : { title: answer.error.message, tone: "error" },
    );
    router.refresh();
  }
  return (
    <Button
      size="sm"
      aria-label={`End: ${delegation.to.name} for ${delegation.from.name}`}
      onClick={() => void end()}
    >
      End
    </Button>
  );
}

type Props = { delegations: DelegationView[]; viewerId: string; isAdmin?: true; revoke?: Revoke };

/** Who stands in for whom. Whoever lent may end it, and admins. */
export function DelegationsTable({ delegations, viewerId, isAdmin, revoke }: Props) {
  const mayEnd = ({ from }: DelegationView) => isAdmin === true || from.id === viewerId;
  return (
    <DataTable
      caption="Delegations"
      columns={revoke ? [...columns, ending(revoke, mayEnd)] : columns}
      rows={delegations}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="Nobody stands in for anybody" icon={UserRoundPlus}>
          Lend your seats in approval rules and your queues to a colleague while you are away.
        </EmptyState>
      }
    />
  );
}
