"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSettled } from "@/components/shell/use-settled";
import { latestExports } from "@/lib/exports/client";

// Most pages have no job to show: what shows them is fetched with the first.
const JobList = dynamic(() => import("@/components/shell/job-list").then((module) => module.JobList), {
  loading: () => null,
});

/** Long work that goes on while a person does something else: it survives a reload, and says how far it is. */
export function JobTray() {
  const { data } = useQuery({ ...latestExports(), enabled: useSettled() });
  return data && data.length > 0 ? <JobList jobs={data} /> : null;
}
