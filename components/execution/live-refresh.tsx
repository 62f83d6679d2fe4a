"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLive } from "@/components/reviews/use-live";

type Props = {
  /** Beginnings of the types of events that make the page old. */
  events: readonly string[];
  /** Only those of this decision. */
  about?: string;
};

/** Reads a server-rendered page again when something it shows has changed; what is open on it stays open. */
export function LiveRefresh({ events, about }: Props) {
  const router = useRouter();
  const queryKey = ["live-refresh", ...events, about ?? ""];
  useLive(events.map((beginning) => ({ events: beginning, about, queryKey })));
  useQuery({
    queryKey,
    queryFn: () => {
      router.refresh();
      return Date.now();
    },
    initialData: 0,
    staleTime: Infinity,
  });
  return null;
}
