"use client";

import { useMutation } from "@tanstack/react-query";
import { Check, Circle } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { orThrow, type Answer } from "@/components/identity/use-submit";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { counted } from "@/lib/kernel/counted";
import type { Opened } from "./opened";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import { statusWord } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { FlipView, ReplayResult, ReplayView } from "@/lib/autonomy/replay-views";
import { count } from "@/lib/autonomy/replay-words";
import { formatConfidence } from "@/lib/kernel/confidence";

// Fetched with the first flip that is opened: most of the page's weight.
const FlipDetail = dynamic(() => import("./flip-detail").then((module) => module.FlipDetail), {
  loading: () => <Skeleton className="h-64" />,
});

export type OpenFlip = (input: { replay: string; decision: string }) => Promise<Answer<Opened>>;
type Props = { replay: ReplayView; result: ReplayResult; flips: FlipView[]; open: OpenFlip };

/** Past decisions that did not act and would: each is opened by somebody before the draft is published. */
export function FlipList({ replay, result, flips: initial, open }: Props) {
  const [seen, setSeen] = useState<Record<string, FlipView>>({});
  const flips = initial.map((flip) => seen[flip.decision_id] ?? flip);
  const left = flips.filter(({ opened_at }) => opened_at === null).length;
  const [at, setAt] = useState(-1);
  const items = useRef<HTMLUListElement>(null);
  const { mutate, data, error, isPending, variables, reset } = useMutation({
    mutationFn: (decision: string) => orThrow(open({ replay: replay.id, decision })),
    onSuccess: ({ flip }) => setSeen((was) => ({ ...was, [flip.decision_id]: flip })),
  });
  function show(index: number) {
    const flip = flips[index];
    if (!flip) return;
    setAt(index);
    items.current?.querySelectorAll("button")[index]?.scrollIntoView({ block: "nearest" });
    if (flip.decision_id !== variables || error) mutate(flip.decision_id);
  }
  useShortcuts("Flips", [
    {
      id: "next",
      label: "Open the next flip",
      when: flips.length > 0,
      run: () => show(Math.min(flips.length - 1, at + 1)),
    },
    { id: "previous", label: "Open the flip before", when: at > 0, run: () => show(at - 1) },
  ]);
  return (
    <Card aria-labelledby="flips">
      <CardHeader
        id="flips"
        title="Would have acted, and did not"
        description={<About flips={result.flips} left={left} shown={flips.length} />}
      />
      {flips.length === 0 ? (
        <EmptyState title="Nothing to open">
          {result.flips.total === 0
            ? "The draft lets nothing act that did not."
            : "What there is waits for an audit's own answer."}
        </EmptyState>
      ) : (
        <CardBody className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <ul
            ref={items}
            aria-label="Flips"
            className="flex max-h-[70dvh] flex-col gap-1 overflow-y-auto p-1"
          >
            {flips.map((flip, index) => (
              <li key={flip.decision_id}>
                <FlipButton flip={flip} current={index === at} onOpen={() => show(index)} />
              </li>
            ))}
          </ul>
          <div aria-live="polite" className="min-w-0">
            {error ? (
              <ErrorCard
                title="It could not be opened"
                message={error.message}
                onRetry={() => variables && mutate(variables)}
              />
            ) : isPending ? (
              <Skeleton className="h-64" />
            ) : data ? (
              <FlipDetail key={data.flip.decision_id} opened={data} onClose={() => (reset(), setAt(-1))} />
            ) : (
              <p className="p-4 text-sm text-muted-foreground">
                Choose one to see the decision, or press J to go through them.
              </p>
            )}
          </div>
        </CardBody>
      )}
    </Card>
  );
}

type AboutProps = { flips: ReplayResult["flips"]; left: number; shown: number };

function About({ flips: { total, listed }, left, shown }: AboutProps) {
  if (total === 0) return null;
  const drawn =
    total > listed
      ? `Of ${count(total)}, these ${listed} were drawn at random, each as likely as any other.`
      : `${counted(total, "decision")} in all.`;
  const rest =
    left === 0
      ? "All are opened: nothing here stands in the way of publishing."
      : `${count(left)} of ${count(shown)} still to be opened before the draft is published.`;
  return (
    <>
      {drawn} {rest}
    </>
  );
}

type ButtonProps = { flip: FlipView; current: boolean; onOpen: () => void };

function FlipButton({ flip, current, onOpen }: ButtonProps) {
  const { opened_at, opened_by, was, truth, confidence } = flip;
  const Mark = opened_at === null ? Circle : Check;
  return (
    <button
      type="button"
      aria-current={current ? "true" : undefined}
      onClick={onOpen}
      className="flex w-full items-start gap-2 rounded-control border px-3 py-2 text-start text-sm hover:bg-surface-2 aria-[current=true]:border-primary aria-[current=true]:bg-primary-soft pointer-coarse:min-h-12"
    >
      <Mark
        aria-hidden
        className={cn(
          "mt-0.5 size-4 shrink-0",
          opened_at === null ? "text-subtle-foreground" : "text-approved-text",
        )}
      />
      <span className="min-w-0 grow">
        <span className="block truncate">
          <UntrustedInline text={flip.summary} />
        </span>
        <span className="block text-xs text-muted-foreground">
          {statusWord("route", was)}
          {confidence === null ? null : ` · ${formatConfidence(confidence)}`} · <Time at={flip.created_at} />
          {truth === "negative" ? (
            <span className="font-semibold text-declined-text"> · acting was wrong</span>
          ) : null}
        </span>
        <span className="block text-xs text-muted-foreground">
          {opened_at === null ? "Not opened yet" : `Opened by ${opened_by}`}
        </span>
      </span>
    </button>
  );
}
