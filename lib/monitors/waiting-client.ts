import { queryOptions } from "@tanstack/react-query";
import type { WaitingCounts } from "./waiting";

/** How much waits for the person, by section. */
export function waitingCounts() {
  return queryOptions({
    queryKey: ["waiting"],
    queryFn: async () => {
      const response = await fetch("/api/v1/waiting", { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error("What waits could not be counted");
      return (await response.json()) as WaitingCounts;
    },
    retry: false,
  });
}
