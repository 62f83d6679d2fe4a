"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { ErrorCard } from "@/components/ui/error-card";
import { useToast } from "@/components/ui/toast";
import { ApiProblem, changeHold, inboxQuery, type InboxFilter, reviewListsKey } from "@/lib/reviews/client";
import { alikeRows } from "./alike";
import type { ReviewActions, Viewer } from "./answers";
import { BulkBar } from "./bulk-bar";
import { inboxColumns } from "./inbox-columns";
import { InboxEmpty } from "./inbox-empty";
import { pass } from "./passed";
import { useHiddenColumns } from "./use-hidden-columns";
import { type RowAsk, useInboxKeys } from "./use-inbox-keys";
import { useLive } from "./use-live";
import { useSelection } from "./use-selection";
import { type InboxRow, useSteadyRows } from "./use-steady-rows";

const loadRowDialog = () => import("./row-dialog");
const RowDialog = dynamic(() => loadRowDialog().then((module) => module.RowDialog), {
  loading: () => null,
});
const PeekPanel = dynamic(() => import("./peek-panel").then((module) => module.PeekPanel), {
  loading: () => null,
});

type Props = { filter: InboxFilter; viewer: Viewer; actions: ReviewActions };

/** The triage list: keys move, select and rule; nothing shifts under the person's eyes. */
export function InboxList({ filter, viewer, actions }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const list = useSteadyRows(filter);
  const { rows } = list;
  const selection = useSelection(rows.map(({ id }) => id));
  const { activeId, selected } = selection;
  const active = rows.find(({ id }) => id === activeId);
  const [asking, setAsking] = useState<RowAsk>();
  const [peeking, setPeeking] = useState(false);
  const [hidden] = useHiddenColumns();
  useLive([{ events: "review.", queryKey: reviewListsKey }]);
  // It hears the key after the one that opens it, which is often quicker than a download.
  useEffect(() => void loadRowDialog(), []);
  useEffect(() => {
    const row = document.querySelector<HTMLElement>("tr[aria-current=true]");
    row?.scrollIntoView({ block: "nearest" });
    // The focus goes with the row: Enter opens it, and a screen reader says it.
    row?.querySelector<HTMLElement>("a[href]")?.focus({ preventScroll: true });
  }, [activeId]);

  const hrefOf = ({ id }: Pick<InboxRow, "id">) => `/inbox/${id}?${inboxQuery(filter)}`;
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
  /** Out of this session's sight; the next row is the one to look at. */
  function putAside(id: string): void {
    const at = rows.findIndex((row) => row.id === id);
    pass(id);
    selection.setActiveId((rows[at + 1] ?? rows[at - 1])?.id);
  }
  const chosen = rows.filter(({ id, gone }) => selected.has(id) && !gone);
  const ruling = viewer.mayRule && filter.tab !== "resolved";
  useInboxKeys({
    active,
    ruling,
    selection,
    peeking,
    some: chosen.length > 0,
    onOpen: (row) => router.push(hrefOf(row)),
    onPeek: setPeeking,
    onSkip: ({ id }) => putAside(id),
    onClaim: (row) => void claim(row),
    onAsk: setAsking,
  });

  if (list.error && !list.loaded) {
    const requestId = list.error instanceof ApiProblem ? list.error.requestId : undefined;
    return (
      <ErrorCard message={list.error.message} requestId={requestId} onRetry={() => void list.refetch()} />
    );
  }
  const columns = inboxColumns({ tab: filter.tab, viewer, selected, onSelect: selection.toggle });
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
        columns={columns.filter(({ id }) => !hidden.has(id))}
        empty={<InboxEmpty filter={filter} />}
        onLoadMore={list.more ? () => void list.more?.() : undefined}
        loadingMore={list.loadingMore}
      />
      {peeking && active ? (
        <PeekPanel
          reviewId={active.id}
          viewer={viewer}
          href={hrefOf(active)}
          onClose={() => setPeeking(false)}
        />
      ) : null}
      {ruling ? (
        <BulkBar
          targets={targets}
          selected={chosen.length}
          alike={alikeRows(rows, chosen, viewer.id)}
          onChoose={selection.choose}
          actions={actions}
          me={viewer.id}
          onClear={selection.clear}
          onReturn={(id) => router.push(hrefOf({ id }))}
        />
      ) : null}
      {asking && active ? (
        <RowDialog
          asking={asking}
          row={active}
          actions={actions}
          onDone={() => putAside(active.id)}
          onClose={() => setAsking(undefined)}
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
