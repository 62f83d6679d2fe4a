"use client";

import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { GoldItem, GoldProposal } from "@/lib/reviews/measures";
import type { MarkGoldAction, RetireGoldAction } from "./gold-actions";
import { MarkGoldDialog } from "./mark-gold-dialog";

const sourceWords = { person: "Said by", audit: "An auditor", outcome: "Its outcome" } as const;

function rightWords({ expected, wrong }: Pick<GoldItem, "expected" | "wrong">) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {expected === "approve" ? "Approve" : "Decline"}
      {wrong ? <Badge tone="review">proposal wrong</Badge> : null}
    </span>
  );
}

function what({ summary, type }: Pick<GoldItem, "summary" | "type">) {
  return (
    <>
      <UntrustedInline text={summary} />{" "}
      <span className="text-xs font-normal text-muted-foreground">{type.name}</span>
    </>
  );
}

type Props = {
  queue: { key: string; name: string };
  items: GoldItem[];
  nextHref?: string;
  proposals: GoldProposal[];
  mark: MarkGoldAction;
  retire: RetireGoldAction;
};

/** The decisions with a known answer that are mixed into a queue, and those that could be. */
export function GoldSection({ queue, items, nextHref, proposals, mark, retire }: Props) {
  const columns: Column<GoldItem>[] = [
    { id: "what", header: "Decision", role: "primary", cell: what },
    { id: "right", header: "Right answer", cell: rightWords },
    {
      id: "known",
      header: "Known by",
      className: "max-md:hidden",
      cell: (item) =>
        item.source === "person" ? `${sourceWords.person} ${item.marked_by.name}` : sourceWords[item.source],
    },
    { id: "asked", header: "Asked", align: "end", cell: (item) => item.asked.toLocaleString("en") },
    {
      id: "retire",
      header: "Take out",
      role: "interactive",
      align: "end",
      cell: (item) => <Retire queue={queue.key} item={item} retire={retire} />,
    },
  ];
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-md font-semibold">Known answers</h2>
          <p className="max-w-prose text-sm text-muted-foreground">
            Copies of these come before reviewers of {queue.name} as any review does. Nothing is carried out
            by them.
          </p>
        </div>
        <MarkGoldDialog queue={queue.key} mark={mark} />
      </div>
      <DataTable
        caption="Known answers"
        columns={columns}
        rows={items}
        rowKey={(item) => item.id}
        rowHref={(item) => `/decisions/${item.decision_id}`}
        nextHref={nextHref}
        empty={
          <EmptyState title="No known answers yet" icon={FlaskConical}>
            Mark past decisions whose right answer is known; those that were wrong say most.
          </EmptyState>
        }
      />
      {proposals.length === 0 ? null : <Proposals queue={queue.key} proposals={proposals} mark={mark} />}
    </section>
  );
}

function Proposals({
  queue,
  proposals,
  mark,
}: {
  queue: string;
  proposals: GoldProposal[];
  mark: MarkGoldAction;
}) {
  const columns: Column<GoldProposal>[] = [
    { id: "what", header: "Decision", role: "primary", cell: what },
    { id: "right", header: "Right answer", cell: rightWords },
    {
      id: "known",
      header: "Known by",
      className: "max-md:hidden",
      cell: (one) => sourceWords[one.source],
    },
    {
      id: "use",
      header: "Use",
      role: "interactive",
      align: "end",
      cell: (one) => <Use queue={queue} one={one} mark={mark} />,
    },
  ];
  return (
    <>
      <h3 className="text-sm font-semibold text-muted-foreground">
        Could be used: auditors or outcomes have told
      </h3>
      <DataTable
        caption="Decisions that could be used"
        columns={columns}
        rows={proposals}
        rowKey={(one) => one.decision_id}
        rowHref={(one) => `/decisions/${one.decision_id}`}
      />
    </>
  );
}

function Use({ queue, one, mark }: { queue: string; one: GoldProposal; mark: MarkGoldAction }) {
  const { submit, pending, fieldError, formError } = useSubmit(mark);
  const router = useRouter();
  return (
    <>
      <FormError>{formError ?? fieldError("decision_id")}</FormError>
      <Button
        size="sm"
        pending={pending}
        aria-label={`Use ${one.summary} as a known answer`}
        onClick={() => {
          void submit({ queue, decision_id: one.decision_id }).then((made) => made && router.refresh());
        }}
      >
        Use
      </Button>
    </>
  );
}

function Retire({ queue, item, retire }: { queue: string; item: GoldItem; retire: RetireGoldAction }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Take out ${item.summary}`} onClick={() => setOpen(true)}>
        Take out
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Take it out of the queue?"
        description="No further copy of it is put. What was answered stays in the figures."
        confirmLabel="Take out"
        onConfirm={async () => {
          const done = await retire({ queue, gold: item.id });
          if (!done.ok) throw new Error(done.error.message);
          router.refresh();
        }}
      />
    </>
  );
}
