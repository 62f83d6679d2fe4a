import { Check } from "lucide-react";
import type { ContractView } from "@/lib/autonomy/views";
import { percentText } from "@/lib/autonomy/words";

type Props = { contract: Pick<ContractView, "level" | "audit_rate" | "ramp_share"> };

const stages = [
  { name: "Shadow", sentence: "Recorded only" },
  { name: "Review all", sentence: "People rule, evidence grows" },
  { name: "Auto, 20 % audited", sentence: "Until 300 audits" },
  { name: "Auto, 10 % audited", sentence: "Until 900 audits" },
  { name: "Auto, 5 % audited", sentence: "Never less" },
] as const;

/** Where on the way to more autonomy a contract stands. */
export function StagePath({ contract }: Props) {
  const at = stageOf(contract);
  return (
    <div className="flex flex-col gap-2">
      <ol className="grid gap-2 sm:grid-cols-5" aria-label="Stages of autonomy">
        {stages.map(({ name, sentence }, place) => (
          <li
            key={name}
            aria-current={place === at ? "step" : undefined}
            className={`flex flex-col gap-0.5 rounded-control border px-3 py-2 ${place === at ? "border-primary bg-primary-soft" : place < at ? "bg-surface-2" : "border-dashed"}`}
          >
            <span className="flex items-center gap-1 text-sm font-semibold">
              {place < at ? <Check aria-hidden className="size-3.5 text-approved-text" /> : null}
              {name}
            </span>
            <span className="text-xs text-muted-foreground">{place === at ? "Now" : sentence}</span>
          </li>
        ))}
      </ol>
      {contract.level === "auto" ? (
        <p className="text-sm text-muted-foreground">
          {percentText(contract.audit_rate)} of what runs alone is audited now
          {contract.ramp_share < 1
            ? `, and ${percentText(contract.ramp_share)} of what may run alone does so far: the rest is reviewed.`
            : "."}
        </p>
      ) : null}
    </div>
  );
}

function stageOf({ level, audit_rate: rate }: Props["contract"]): number {
  if (level === "shadow") return 0;
  if (level === "review_all") return 1;
  return rate > 0.1 ? 2 : rate > 0.05 ? 3 : 4;
}
