"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, CircleAlert, CircleCheck, Download, LoaderCircle, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { cn } from "@/components/ui/class-names";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { cancelExport, exportsKey, isUnderWay } from "@/lib/exports/client";
import type { ExportView } from "@/lib/exports/contract";
import { listNames, milestoneOf, progressWords, shareDone } from "@/lib/exports/progress";

const shownForMs = 24 * 3_600_000;
const newsForMs = 2 * 60_000;
const storedAs = "countersign.jobs-put-away";

/** The tray at the bottom right. A finished job stays a day, or until it is put away. */
export function JobList({ jobs }: { jobs: ExportView[] }) {
  const [putAway, setPutAway] = useState(readPutAway);
  const [open, setOpen] = useState(
    () => jobs.some(isNews) && window.matchMedia("(min-width: 48rem)").matches,
  );
  const shown = jobs.filter((job) => isShown(job, putAway));
  const frame = useTrayHeight();
  function dismiss(id: string) {
    const next = [id, ...putAway].slice(0, 50);
    setPutAway(next);
    storePutAway(next);
  }
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {shown.map((job) => `${nameOf(job)} export ${milestoneOf(job)}.`).join(" ")}
      </p>
      {shown.length > 0 ? (
        <section
          ref={frame}
          aria-label="Exports"
          className="fixed end-4 bottom-20 z-40 w-72 max-w-[calc(100vw-2rem)] animate-rise-in overflow-hidden rounded-card border bg-popover text-sm text-popover-foreground shadow-floating md:bottom-16 md:w-80"
        >
          <TrayHead jobs={shown} open={open} onToggle={() => setOpen(!open)} />
          {open ? (
            <ul className="flex max-h-[40dvh] flex-col divide-y overflow-y-auto border-t">
              {shown.map((job) => (
                <Job key={job.id} job={job} onDismiss={() => dismiss(job.id)} />
              ))}
            </ul>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

/** Under way, or just finished: worth room by itself. What is done for longer waits behind its line. */
function isNews({ finished_at: at }: ExportView): boolean {
  return at === null || Date.now() - Date.parse(at) < newsForMs;
}

function TrayHead({ jobs, open, onToggle }: { jobs: ExportView[]; open: boolean; onToggle: () => void }) {
  const running = jobs.filter(isUnderWay).length;
  const Icon = open ? ChevronDown : ChevronUp;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="flex h-9 w-full items-center gap-2 px-3 text-start font-semibold hover:bg-surface-3 focus-visible:-outline-offset-2 pointer-coarse:h-12"
    >
      {running > 0 ? (
        <LoaderCircle
          aria-hidden
          className="size-4 animate-spin text-primary-text motion-reduce:animate-none"
        />
      ) : (
        <CircleCheck aria-hidden className="size-4 text-approved-text" />
      )}
      <span className="grow">{running > 0 ? `Exporting ${running} of ${jobs.length}` : "Exports"}</span>
      <Icon aria-hidden className="size-4 text-subtle-foreground" />
    </button>
  );
}

function Job({ job, onDismiss }: { job: ExportView; onDismiss: () => void }) {
  const name = nameOf(job);
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2">
      <div className="flex min-h-7 items-center gap-2">
        <span className="flex min-w-0 grow items-baseline gap-1.5">
          <span className="truncate font-semibold">{listNames[job.kind]}</span>
          <span className="text-2xs text-muted-foreground uppercase">{job.format}</span>
        </span>
        {job.download === null ? null : (
          <a href={job.download} download className={cn(buttonStyles({ size: "sm" }))}>
            <Download aria-hidden /> Download<span className="sr-only"> {name}</span>
          </a>
        )}
        {isUnderWay(job) ? (
          <CancelJob job={job} />
        ) : (
          <Button
            variant="ghost"
            size="icon"
            className="size-7"
            aria-label={`Put ${name} away`}
            onClick={onDismiss}
          >
            <X aria-hidden />
          </Button>
        )}
      </div>
      {isUnderWay(job) ? <Progress label={`${name}, written`} value={shareDone(job)} /> : null}
      <p className="flex items-center gap-1.5 text-xs text-muted-foreground tabular-nums">
        {job.status === "failed" ? (
          <>
            <CircleAlert aria-hidden className="size-3.5 shrink-0 text-declined-text" />
            <span>{job.error ?? "It could not be written."}</span>
          </>
        ) : (
          progressWords(job)
        )}
      </p>
    </li>
  );
}

function CancelJob({ job }: { job: ExportView }) {
  const client = useQueryClient();
  const { toast } = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: () => cancelExport(job.id),
    onSettled: () => client.invalidateQueries({ queryKey: exportsKey }),
    onError: ({ message }) => toast({ title: "It was not cancelled", description: message, tone: "error" }),
  });
  return (
    <Button variant="ghost" size="sm" pending={isPending} onClick={() => mutate()}>
      Cancel<span className="sr-only"> {nameOf(job)}</span>
    </Button>
  );
}

function nameOf({ kind, format }: ExportView): string {
  return `${listNames[kind]} ${format.toUpperCase()}`;
}

function isShown(job: ExportView, putAway: readonly string[]): boolean {
  if (isUnderWay(job)) return true;
  if (job.status === "cancelled" || putAway.includes(job.id)) return false;
  return Date.now() - Date.parse(job.created_at) < shownForMs;
}

/** Messages stand above the tray, and what is below it can be scrolled out from under it: it says how high it is. */
function useTrayHeight() {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const { style } = document.documentElement;
    if (!frame.current) {
      removeFrom(style);
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      const height = (entry?.borderBoxSize[0]?.blockSize ?? 0) + 8;
      style.setProperty("--tray-height", `${height}px`);
      style.setProperty("--tray-room", `calc(4rem + ${height}px)`);
    });
    observer.observe(frame.current);
    return () => {
      observer.disconnect();
      removeFrom(style);
    };
  });
  return frame;
}

function removeFrom(style: CSSStyleDeclaration): void {
  for (const name of ["--tray-height", "--tray-room"]) style.removeProperty(name);
}

function readPutAway(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storedAs) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    // Storage may be refused, or hold something else: then nothing was put away.
    return [];
  }
}

function storePutAway(ids: readonly string[]): void {
  try {
    localStorage.setItem(storedAs, JSON.stringify(ids));
  } catch {
    // As above: it is put away on this page alone.
  }
}
