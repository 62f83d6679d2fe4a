import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { MonitorPoint } from "./endpoints";

/** A monitor's figure around a moment, or up to now. */
export function seriesOf(monitor: string, around?: string) {
  return queryOptions({
    queryKey: ["monitors", monitor, "series", around ?? "now"],
    queryFn: async () => {
      const query = around === undefined ? "" : `?around=${encodeURIComponent(around)}`;
      const response = await fetch(`/api/v1/monitors/${monitor}/series${query}`, {
        headers: { Accept: "application/json" },
      });
      const body = (await response.json()) as List<MonitorPoint> & { detail?: string };
      if (!response.ok) throw new Error(body.detail ?? "The server did not answer as expected");
      return body.data;
    },
    staleTime: 60_000,
  });
}
