"use client";

import { EllipsisVertical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { MemberStatusBadge, RoleBadge } from "@/components/identity/key-badges";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { roles, roleSentences, type MemberStatus, type Role } from "@/lib/identity/schema";

export type MemberItem = {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: MemberStatus;
  createdAt: string;
  lastSeenAt: string | null;
};

type Ref = { userId: string };
type Send<I> = (input: I) => Promise<Answer<Ref>>;
type Actions = { changeRole: Send<Ref & { role: Role }>; disable: Send<Ref>; enable: Send<Ref> };
type Props = {
  members: MemberItem[];
  /** The person looking: nobody changes their own access. */
  selfId: string;
  /** Absent for those who may only look. */
  actions?: Actions;
  nextHref?: string;
};

type Change = { member: MemberItem; to: Role | "disabled" | "enabled" };

/** The people of the organisation and what an admin may change about them. */
export function MembersTable({ members, selfId, actions, nextHref }: Props) {
  const [change, setChange] = useState<Change>();
  const menu = (member: MemberItem) =>
    member.id === selfId ? null : <MemberMenu member={member} onChoose={(to) => setChange({ member, to })} />;
  return (
    <>
      <DataTable
        caption="Members"
        columns={actions ? [...columns(selfId), menuColumn(menu)] : columns(selfId)}
        rows={members}
        rowKey={(member) => member.id}
        nextHref={nextHref}
      />
      {actions && change ? (
        <ChangeDialog change={change} actions={actions} onClose={() => setChange(undefined)} />
      ) : null}
    </>
  );
}

function columns(selfId: string): Column<MemberItem>[] {
  return [
    {
      id: "name",
      header: "Member",
      role: "primary",
      cell: (member) => (
        <span className="flex flex-col py-1">
          <span className="font-semibold">
            <UntrustedInline text={member.name} />
            {member.id === selfId ? (
              <span className="ms-1 font-normal text-muted-foreground">(you)</span>
            ) : null}
          </span>
          <span className="text-xs font-normal text-muted-foreground">
            <UntrustedInline text={member.email} />
          </span>
        </span>
      ),
    },
    { id: "role", header: "Role", cell: (member) => <RoleBadge role={member.role} /> },
    { id: "status", header: "Access", cell: (member) => <MemberStatusBadge status={member.status} /> },
    {
      id: "seen",
      header: "Last seen",
      className: "max-md:hidden",
      cell: (member) => (member.lastSeenAt ? <Time at={member.lastSeenAt} /> : "never"),
    },
    {
      id: "joined",
      header: "Joined",
      className: "max-md:hidden",
      cell: (member) => <Time at={member.createdAt} />,
    },
  ];
}

function menuColumn(cell: Column<MemberItem>["cell"]): Column<MemberItem> {
  return {
    id: "menu",
    header: <span className="sr-only">Change</span>,
    align: "end",
    role: "interactive",
    className: "w-12",
    cell,
  };
}

function MemberMenu({ member, onChoose }: { member: MemberItem; onChoose: (to: Change["to"]) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Change ${member.name}`}>
          <EllipsisVertical aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>Role</DropdownMenuLabel>
        {roles
          .filter((role) => role !== member.role)
          .map((role) => (
            <DropdownMenuItem key={role} onSelect={() => onChoose(role)}>
              Make {role}
            </DropdownMenuItem>
          ))}
        <DropdownMenuSeparator />
        {member.status === "active" ? (
          <DropdownMenuItem onSelect={() => onChoose("disabled")}>Disable</DropdownMenuItem>
        ) : (
          <DropdownMenuItem onSelect={() => onChoose("enabled")}>Enable</DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

type ChangeProps = { change: Change; actions: Actions; onClose: () => void };

function ChangeDialog({ change: { member, to }, actions, onClose }: ChangeProps) {
  const router = useRouter();
  const { toast } = useToast();
  const { title, description, verb, done } = wordsOf(member, to);
  async function confirm() {
    const ref = { userId: member.id };
    if (to === "disabled") await orThrow(actions.disable(ref));
    else if (to === "enabled") await orThrow(actions.enable(ref));
    else await orThrow(actions.changeRole({ ...ref, role: to }));
    toast({ title: done, tone: "success" });
    router.refresh();
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      confirmLabel={verb}
      tone={to === "disabled" ? "danger" : "primary"}
      onConfirm={confirm}
    />
  );
}

function wordsOf({ name }: MemberItem, to: Change["to"]) {
  if (to === "disabled") {
    return {
      title: `Disable ${name}?`,
      description: "Their sessions end and their tokens are refused at once. What they did stays.",
      verb: "Disable",
      done: `${name} is disabled`,
    };
  }
  if (to === "enabled") {
    return {
      title: `Enable ${name}?`,
      description: "They can sign in again, in the role they had; their tokens work again.",
      verb: "Enable",
      done: `${name} is enabled`,
    };
  }
  return {
    title: `Make ${name} ${to === "reviewer" ? "a" : "an"} ${to}?`,
    description: `${roleSentences[to]} Their sessions end, and they sign in again.`,
    verb: `Make ${to}`,
    done: `${name} is now ${to === "reviewer" ? "a" : "an"} ${to}`,
  };
}
