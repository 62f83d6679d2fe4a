"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";

type Props = {
  ledgers: { id: string; name: string }[];
  start: (input: { connector: string; from?: string }) => Promise<Answer<{ id: string }>>;
};

const dayMs = 86_400_000;
const stretches = [
  { days: 1, label: "the last day" },
  { days: 7, label: "the last week" },
  { days: 31, label: "the last 31 days" },
];

/** Asks for a comparison with one system's ledger now. */
export function ReconcileNow({ ledgers, start }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const [connector, setConnector] = useState(ledgers[0]?.id ?? "");
  const [days, setDays] = useState("1");
  const [isPending, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      // A minute less than the longest there may be: the server's clock decides.
      const from = new Date(Date.now() - Number(days) * dayMs + 60_000).toISOString();
      const answer = await start({ connector, from });
      if (answer.ok) router.push(`/reconcile/ledgers/${answer.data.id}`);
      else toast({ title: "It could not be asked for", description: answer.error.message, tone: "error" });
    });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="System">
        <Select value={connector} onChange={(event) => setConnector(event.target.value)}>
          {ledgers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Time">
        <Select value={days} onChange={(event) => setDays(event.target.value)}>
          {stretches.map((stretch) => (
            <option key={stretch.days} value={String(stretch.days)}>
              {stretch.label}
            </option>
          ))}
        </Select>
      </Field>
      <Button variant="primary" pending={isPending} onClick={ask}>
        Reconcile now
      </Button>
    </div>
  );
}
