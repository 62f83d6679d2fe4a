"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { KeyStatusBadge } from "@/components/identity/key-badges";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { KeyStatus, Scope } from "@/lib/identity/schema";

export type KeyItem = {
  id: string;
  name: string;
  prefix: string;
  /** Only an app's key has an app and scopes. */
  appName?: string;
  scopes: readonly Scope[];
  status: KeyStatus;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

type Props = {
  /** `key` or `token`, as the page calls them. */
  noun: "key" | "token";
  keys: KeyItem[];
  /** Absent for those who may only look. */
  revoke?: (input: { keyId: string }) => Promise<Answer<unknown>>;
  nextHref?: string;
};

/** Keys by their public part: what they may do, until when, and whether they are used. */
export function KeysTable({ noun, keys, revoke, nextHref }: Props) {
  const [chosen, setChosen] = useState<KeyItem>();
  const columns = noun === "key" ? [nameColumn, appColumn, ...stateColumns] : [nameColumn, ...stateColumns];
  return (
    <>
      <DataTable
        caption={noun === "key" ? "API keys" : "Personal tokens"}
        columns={revoke ? [...columns, revokeColumn(setChosen)] : columns}
        rows={keys}
        rowKey={(key) => key.id}
        nextHref={nextHref}
        empty={
          <EmptyState title={`No ${noun}s yet`} icon={KeyRound}>
            {noun === "key"
              ? "An app needs one to submit decisions."
              : "Make one to rule from a program of your own."}
          </EmptyState>
        }
      />
      {revoke && chosen ? (
        <RevokeDialog noun={noun} chosen={chosen} revoke={revoke} onClose={() => setChosen(undefined)} />
      ) : null}
    </>
  );
}

const nameColumn: Column<KeyItem> = {
  id: "name",
  header: "Name",
  role: "primary",
  cell: (key) => (
    <span className="flex flex-col py-1">
      <span className="font-semibold">
        <UntrustedInline text={key.name} />
      </span>
      <code className="font-mono text-xs font-normal text-muted-foreground">{key.prefix}_…</code>
    </span>
  ),
};

const appColumn: Column<KeyItem> = {
  id: "app",
  header: "App and scopes",
  cell: (key) => (
    <span className="flex flex-col py-1">
      <UntrustedInline text={key.appName ?? ""} />
      <span className="text-xs text-muted-foreground max-md:hidden">{key.scopes.join(", ")}</span>
    </span>
  ),
};

const stateColumns: Column<KeyItem>[] = [
  { id: "status", header: "Status", cell: (key) => <KeyStatusBadge status={key.status} /> },
  {
    id: "used",
    header: "Last used",
    className: "max-md:hidden",
    cell: (key) => (key.lastUsedAt ? <Time at={key.lastUsedAt} /> : "never"),
  },
  {
    id: "expires",
    header: "Expires",
    className: "max-md:hidden",
    cell: (key) => (key.expiresAt ? <Time at={key.expiresAt} /> : "never"),
  },
];

function revokeColumn(onChoose: (key: KeyItem) => void): Column<KeyItem> {
  return {
    id: "revoke",
    header: <span className="sr-only">Revoke</span>,
    align: "end",
    role: "interactive",
    cell: (key) =>
      key.status === "revoked" ? null : (
        <Button size="sm" aria-label={`Revoke ${key.name}`} onClick={() => onChoose(key)}>
          Revoke
        </Button>
      ),
  };
}

type RevokeProps = Required<Pick<Props, "noun" | "revoke">> & { chosen: KeyItem; onClose: () => void };

function RevokeDialog({ noun, chosen, revoke, onClose }: RevokeProps) {
  const router = useRouter();
  const { toast } = useToast();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Revoke ${chosen.name}?`}
      description="It is refused from the next request on. This cannot be undone."
      confirmLabel={`Revoke the ${noun}`}
      tone="danger"
      onConfirm={async () => {
        await orThrow(revoke({ keyId: chosen.id }));
        toast({ title: `${chosen.name} is revoked`, tone: "success" });
        router.refresh();
      }}
    />
  );
}
