"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-row";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { AuditSummary, AuditTab } from "@/lib/audits/schema";
import { BrokenGlassBadge } from "./broken-glass-badge";

type Props = { audits: AuditSummary[]; tab: AuditTab; nextHref?: string | undefined };

const empty: Record<AuditTab, [title: string, sentence: string]> = {
  open: [
    "Nothing to judge",
    "A sample of what ran alone appears here by itself as soon as its action has run.",
  ],
  mine: ["You hold nothing", "An audit you take is yours until you have judged it or its lease ends."],
  waiting: [
    "Nothing waits for others",
    "What you have judged and other auditors have not, and what they judged otherwise.",
  ],
  done: ["Nothing judged yet", "Judged audits appear here, newest first."],
};

/** The worklist: what was done and when, and nothing of what the model thought. */
export function AuditsTable({ audits, tab, nextHref }: Props) {
  const [title, sentence] = empty[tab];
  const router = useRouter();
  const [at, setAt] = useState(-1);
  const active = audits[at];
  const move = (by: number) => setAt((was) => Math.min(audits.length - 1, Math.max(0, was + by)));
  useShortcuts("Audits", [
    { id: "next", label: "Next audit", when: audits.length > 0, run: () => move(1) },
    { id: "previous", label: "Previous audit", when: audits.length > 0, run: () => move(-1) },
    {
      id: "open",
      label: "Open the audit",
      when: active !== undefined,
      run: () => active && router.push(`/audits/${active.id}`),
    },
  ]);
  return (
    <DataTable
      caption="Audits"
      rows={audits}
      rowKey={({ id }) => id}
      activeKey={active?.id}
      rowHref={({ id }) => `/audits/${id}`}
      columns={tab === "done" ? [...shared, ...judged] : [...shared, ...waiting]}
      nextHref={nextHref}
      empty={<EmptyState title={title}>{sentence}</EmptyState>}
    />
  );
}

const shared: Column<AuditSummary>[] = [
  {
    id: "summary",
    header: "Action in question",
    role: "primary",
    cell: ({ summary, broke_glass }) => (
      <>
        <UntrustedInline text={summary} />
        {broke_glass ? <BrokenGlassBadge /> : null}
      </>
    ),
  },
  { id: "app", header: "App", className: "whitespace-nowrap max-md:hidden", cell: ({ app }) => app.name },
  {
    id: "subject",
    header: "Subject",
    className: "max-lg:hidden",
    cell: ({ subject }) =>
      subject ? (
        <UntrustedInline text={`${subject.type} ${subject.id}`} className="block max-w-64 truncate" />
      ) : (
        "–"
      ),
  },
  {
    id: "submitted",
    header: "Submitted",
    className: "max-md:hidden",
    cell: ({ submitted_at }) => <Time at={submitted_at} />,
  },
];

const waiting: Column<AuditSummary>[] = [
  {
    id: "due",
    header: "Due",
    className: "max-md:hidden",
    cell: ({ due_at, overdue }) => (
      <span className={overdue ? "font-semibold text-declined-text" : undefined}>
        {due_at ? <Time at={due_at} /> : "–"}
        {overdue ? " (overdue)" : ""}
      </span>
    ),
  },
  {
    id: "judges",
    header: "Auditors",
    align: "end",
    className: "max-lg:hidden",
    cell: ({ judges_needed }) => judges_needed,
  },
  { id: "status", header: "Status", cell: ({ status }) => <StatusBadge kind="audit" status={status} /> },
  {
    id: "held",
    header: "Held by",
    className: "max-md:hidden",
    cell: ({ held_by, answered }) => (held_by ? `${held_by.name}${answered ? ", answered" : ""}` : "–"),
  },
];

const judged: Column<AuditSummary>[] = [
  {
    id: "judgement",
    header: "Judgement",
    cell: ({ judgement }) => (judgement ? <StatusBadge kind="judgement" status={judgement} /> : "–"),
  },
  {
    id: "by",
    header: "By",
    className: "max-md:hidden",
    cell: ({ judged_by }) => judged_by?.name ?? "–",
  },
  {
    id: "at",
    header: "Judged",
    className: "max-md:hidden",
    cell: ({ judged_at }) => (judged_at ? <Time at={judged_at} /> : "–"),
  },
];
