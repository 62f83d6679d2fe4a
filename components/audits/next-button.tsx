"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { WorklistFilter } from "@/lib/audits/client";
import type { AuditActions } from "./actions";

type Props = {
  next: AuditActions["next"];
  filter?: Pick<WorklistFilter, "app" | "type" | "plan">;
  exclude?: string[];
  label: string;
};

/** Takes the oldest audit with a place for this auditor and opens it; of a plan, the next one is of that plan too. */
export function NextButton({ next, filter = {}, exclude = [], label }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: () => next({ ...filter, exclude }),
    onSuccess: (answer) => {
      if (!answer.ok) toast({ tone: "error", title: answer.error.message });
      else if (answer.data === null) toast({ title: "Nothing is left to judge" });
      else
        router.push(
          `/audits/${answer.data.id}${filter.plan ? `?plan=${encodeURIComponent(filter.plan)}` : ""}`,
        );
    },
  });
  useShortcuts("Audits", [{ keys: "n", label, when: !isPending, run: () => mutate() }]);
  return (
    <Button variant="primary" shortcut="n" pending={isPending} onClick={() => mutate()}>
      {label}
    </Button>
  );
}
