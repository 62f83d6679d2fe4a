"use client";

import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { whenIdle } from "@/components/shell/when-idle";
import { gathered } from "./gathered";

/** That something happened, as /api/live says it. `resync`, its first word, means: read everything again. */
type Hint = { type: string; subject: string; decision_id: string | null };
/** Which events (by the beginning of their type, and of one decision if `about` names it) make which answers old. */
export type Interest = { events: string; about?: string; queryKey: QueryKey };

// One for the tab: what several parts of it show is read once for all of them.
const makeOld = gathered<{ client: QueryClient; queryKey: QueryKey }>(
  ({ client, queryKey }) => whenIdle(() => void client.invalidateQueries({ queryKey })),
  { gatherMs: 400, restMs: 2000 },
);
const slowest = 30_000;
const listeners = new Set<(hint: Hint) => void>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

function tellAll(hint: Hint): void {
  for (const listener of listeners) listener(hint);
}

/** One connection for the whole tab, open while somebody listens and the tab is seen. */
function connect(): void {
  if (source || listeners.size === 0 || document.visibilityState === "hidden") return;
  source = new EventSource("/api/live");
  source.addEventListener("open", () => {
    failures = 0;
  });
  source.addEventListener("message", (event: MessageEvent<string>) =>
    tellAll(JSON.parse(event.data) as Hint),
  );
  source.addEventListener("error", () => {
    disconnect();
    failures += 1;
    retry = setTimeout(connect, Math.min(slowest, 500 * 2 ** failures) * (0.5 + Math.random() / 2));
  });
}

function disconnect(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

function onVisibility(): void {
  if (document.visibilityState === "hidden") disconnect();
  else connect();
}

function subscribe(listener: (hint: Hint) => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", onVisibility);
  listeners.add(listener);
  whenIdle(connect);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", onVisibility);
    disconnect();
  };
}

/**
 * Makes cached answers old when something happens on the server: `useLive([{ events: "review.", queryKey }])`. Hints are
 * gathered, so that a flood is a read every two seconds. It reconnects with growing pauses and rests in a hidden tab.
 */
export function useLive(interests: readonly Interest[]): void {
  const client = useQueryClient();
  const latest = useRef(interests);
  useEffect(() => {
    latest.current = interests;
  });
  useEffect(
    () =>
      subscribe(({ type, decision_id }) => {
        for (const { events, about, queryKey } of latest.current) {
          const concerns = type.startsWith(events) && (about === undefined || about === decision_id);
          if (type === "resync" || concerns) makeOld(JSON.stringify(queryKey), { client, queryKey });
        }
      }),
    [client],
  );
}
