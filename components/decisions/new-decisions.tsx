"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { useLive } from "@/components/reviews/use-live";
import { Button } from "@/components/ui/button";
import type { DecisionListFilter } from "@/lib/decisions/list";

type Props = {
  filter: DecisionListFilter;
  /** The newest decision shown. */
  since: string;
  count: (input: DecisionListFilter & { since: string }) => Promise<Answer<number>>;
  /** The most that is counted. */
  most: number;
};

/** Says how many came in since the page was read; the list moves only when asked to. */
export function NewDecisions({ filter, since, count, most }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const queryKey = ["decisions", "new", filter, since];
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const answer = await count({ ...filter, since });
      return answer.ok ? answer.data : 0;
    },
    // Above the most that is counted there is nothing more to learn.
    enabled: (query) => (query.state.data ?? 0) < most,
    initialData: 0,
  });
  useLive([{ events: "decision.created", queryKey }]);
  return (
    <span aria-live="polite" className="inline-flex min-h-8 items-center">
      {data > 0 ? (
        <Button
          size="sm"
          className="rounded-full"
          pending={pending}
          onClick={() => startTransition(() => router.refresh())}
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {data >= most ? `${most - 1}+` : data} new
        </Button>
      ) : null}
    </span>
  );
}
