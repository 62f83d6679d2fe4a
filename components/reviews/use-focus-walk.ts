"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { whenIdle } from "@/components/shell/when-idle";
import { notesOn, similarTo } from "@/lib/reviews/case-client";
import { inboxQuery, type InboxFilter, reviewDetail, reviewListsKey } from "@/lib/reviews/client";
import { neighbour, upcoming } from "@/lib/reviews/walk";
import { reviewWalk } from "@/lib/reviews/walk-client";
import { afterPaint } from "./after-paint";
import { usePassed } from "./passed";
import { useLive } from "./use-live";

const fetchedAhead = 2;
/** The truth when live updates are cut off. */
const pollMs = 30_000;

function idInAddress(): string | undefined {
  return /^\/inbox\/([^/]+)$/.exec(window.location.pathname)?.[1];
}

/**
 * Which review is on the screen, and where the person goes from it. Moving changes the address without asking the
 * server for a page: the two reviews ahead are in the cache before they are needed.
 */
export function useFocusWalk(initialId: string, filter: InboxFilter, me: string) {
  const client = useQueryClient();
  const router = useRouter();
  const passed = usePassed();
  const [current, setCurrent] = useState(initialId);
  const { data: walk, refetch } = useQuery({ ...reviewWalk(filter), refetchInterval: pollMs });
  const { data: review, error } = useQuery({ ...reviewDetail(current), refetchInterval: pollMs });
  const rows = walk?.rows ?? [];
  const ahead = upcoming({ rows, current, passed, me }, fetchedAhead);
  useLive([
    { events: "review.", queryKey: reviewListsKey },
    { events: "", about: review?.decision_id ?? "none", queryKey: reviewDetail(current).queryKey },
  ]);

  const aheadKey = ahead.join();
  useEffect(() => {
    for (const id of aheadKey.split(","))
      if (id !== "") whenIdle(() => void client.prefetchQuery(reviewDetail(id)));
  }, [client, aheadKey]);
  const next = rows.find(({ id }) => id === ahead[0]);
  const [nextCase, nextView] = [next?.decision_id, next?.blind ? ("blind" as const) : ("open" as const)];
  useEffect(() => {
    if (nextCase === undefined) return;
    whenIdle(() => void client.prefetchQuery(similarTo(nextCase, nextView)));
    whenIdle(() => void client.prefetchQuery(notesOn(nextCase)));
  }, [client, nextCase, nextView]);
  const runsLow = ahead.length < fetchedAhead && walk?.more === true;
  useEffect(() => {
    if (runsLow) whenIdle(() => void refetch());
  }, [runsLow, refetch]);
  useEffect(() => {
    // Back and forward; also when the router shows this page again for an address that was walked to.
    const follow = () => setCurrent((was) => idInAddress() ?? was);
    follow();
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);

  const listHref = `/inbox?${inboxQuery(filter)}`;
  function go(id: string): void {
    setCurrent(id);
    window.history.pushState(null, "", `/inbox/${id}?${inboxQuery(filter)}`);
  }
  function toList(): void {
    // Without a connection the router would leave for the browser's own error page, and what was ruled with it.
    if (navigator.onLine) afterPaint(() => router.push(listHref));
  }
  const at = rows.findIndex(({ id }) => id === current);
  return {
    current,
    review,
    error,
    listHref,
    place: at < 0 ? undefined : `${at + 1} of ${rows.length}${walk?.more ? "+" : ""}`,
    go,
    toList,
    /** To the next that waits for this person, or back to the list when nothing does. */
    advance: () => (ahead[0] === undefined ? toList() : go(ahead[0])),
    step: (by: 1 | -1) => {
      const id = neighbour(rows, current, by);
      if (id !== undefined) go(id);
    },
  };
}
