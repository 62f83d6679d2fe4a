"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { useToast } from "@/components/ui/toast";
import { ApiProblem, changeHold, inboxQuery, type InboxFilter, reviewListsKey } from "@/lib/reviews/client";
import type { ReviewActions, Viewer } from "./answers";
import { BulkBar } from "./bulk-bar";
import { inboxColumns } from "./inbox-columns";
import { pass } from "./passed";
import { useLive } from "./use-live";
import { type InboxRow, useSteadyRows } from "./use-steady-rows";

type Props = { filter: InboxFilter; viewer: Viewer; actions: ReviewActions };

/** The triage list: keys move, select and rule; nothing shifts under the person's eyes. */
export function InboxList({ filter, viewer, actions }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const list = useSteadyRows(filter);
  const { rows } = list;
  const [activeId, setActiveId] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const at = rows.findIndex(({ id }) => id === activeId);
  const active = rows[at];
  useLive([{ events: "review.", queryKey: reviewListsKey }]);
  useEffect(() => {
    document.querySelector("tr[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  const hrefOf = ({ id }: Pick<InboxRow, "id">) => `/inbox/${id}?${inboxQuery(filter)}`;
  const move = (by: number) => setActiveId(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.id);
  function toggle(id: string): void {
    setSelected((was) =>
      was.has(id) ? new Set([...was].filter((each) => each !== id)) : new Set([...was, id]),
    );
  }
  async function claim(row: InboxRow): Promise<void> {
    try {
      await changeHold(row.id, "claim");
      toast({ title: "You hold it now", durationMs: 2500 });
      await list.refetch();
    } catch (problem) {
      toast({
        tone: "error",
        title: problem instanceof ApiProblem ? problem.message : "The server did not answer",
      });
    }
  }
  const ruling = viewer.mayRule && filter.tab !== "resolved";
  useShortcuts("Inbox", [
    { keys: "j", label: "Next row", repeat: true, run: () => move(1) },
    { keys: "k", label: "Previous row", repeat: true, run: () => move(at < 0 ? 1 : -1) },
    { keys: "ArrowDown", label: "Next row", repeat: true, run: () => move(1) },
    { keys: "ArrowUp", label: "Previous row", repeat: true, run: () => move(at < 0 ? 1 : -1) },
    {
      keys: "Enter",
      label: "Open",
      when: active !== undefined,
      run: () => active && router.push(hrefOf(active)),
    },
    {
      keys: "o",
      label: "Open",
      when: active !== undefined,
      run: () => active && router.push(hrefOf(active)),
    },
    {
      keys: "x",
      label: "Select",
      when: ruling && active !== undefined,
      run: () => active && toggle(active.id),
    },
    { keys: "s", label: "Skip for this session", when: ruling && active !== undefined, run: () => skip() },
    {
      keys: "m",
      label: "Claim",
      when: ruling && active !== undefined,
      run: () => active && void claim(active),
    },
  ]);
  function skip(): void {
    if (!active) return;
    const next = rows[at + 1] ?? rows[at - 1];
    pass(active.id);
    setActiveId(next?.id);
  }

  if (list.error && !list.loaded) {
    const requestId = list.error instanceof ApiProblem ? list.error.requestId : undefined;
    return (
      <ErrorCard message={list.error.message} requestId={requestId} onRetry={() => void list.refetch()} />
    );
  }
  const chosen = rows.filter(({ id, gone }) => selected.has(id) && !gone);
  const targets = chosen.length > 0 ? chosen : active && !active.gone ? [active] : [];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <NewRows count={list.fresh} onShow={list.take} />
      <DataTable
        caption="Reviews"
        rows={rows}
        rowKey={({ id }) => id}
        rowHref={hrefOf}
        activeKey={activeId}
        columns={inboxColumns({ tab: filter.tab, viewer, selected, onSelect: toggle })}
        empty={<Empty filter={filter} />}
        onLoadMore={list.more ? () => void list.more?.() : undefined}
        loadingMore={list.loadingMore}
      />
      {ruling ? (
        <BulkBar
          targets={targets}
          selected={chosen.length}
          actions={actions}
          onClear={() => setSelected(new Set())}
          onReturn={(id) => router.push(hrefOf({ id }))}
        />
      ) : null}
    </div>
  );
}

/** Always in the page, so that its appearing is announced and moves nothing. */
function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-14 z-30 -mb-3 flex h-0 justify-center">
      {count > 0 ? (
        <Button
          variant="primary"
          size="sm"
          className="pointer-events-auto rounded-full shadow-floating"
          onClick={onShow}
        >
          {count} new
        </Button>
      ) : null}
    </div>
  );
}

function Empty({ filter }: { filter: InboxFilter }) {
  if (filter.app || filter.type || filter.queue) {
    return (
      <EmptyState
        title="Nothing matches these filters"
        action={<ButtonLink href={`/inbox?tab=${filter.tab}`}>Clear filters</ButtonLink>}
      >
        Other reviews may be waiting.
      </EmptyState>
    );
  }
  if (filter.tab === "mine") {
    return (
      <EmptyState
        title="You hold nothing"
        action={<ButtonLink href="/inbox?tab=unclaimed">See unclaimed</ButtonLink>}
      >
        A review you open is yours for as long as you work on it.
      </EmptyState>
    );
  }
  if (filter.tab === "snoozed") {
    return (
      <EmptyState title="Nothing sleeps">
        Snoozed reviews come back here by themselves when their time is over.
      </EmptyState>
    );
  }
  if (filter.tab === "resolved") {
    return (
      <EmptyState title="Nothing ruled on yet">Verdicts appear here as soon as they take effect.</EmptyState>
    );
  }
  return (
    <EmptyState
      title="All clear"
      action={<ButtonLink href="/inbox?tab=resolved">Browse resolved</ButtonLink>}
    >
      No review waits for anybody. New ones appear here by themselves.
    </EmptyState>
  );
}
