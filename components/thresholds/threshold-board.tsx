"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import { whatIf } from "@/lib/autonomy/what-if";
import { CostCurve } from "./cost-curve";
import { EvidenceCard } from "./evidence-card";
import { FlipList } from "./flip-list";
import { Instrument } from "./instrument";
import type { BoardState, ProposeAction } from "./board-state";
import { NextStep } from "./next-step";
import { Numbers } from "./numbers";
import { ReliabilityCard } from "./reliability-card";
import { RiskCoverage } from "./risk-coverage";
import { SegmentsTable } from "./segments-table";
import { ThresholdControls, type TypeChoice } from "./threshold-controls";
import { contractsOf, type Asked, thresholdDataOf, ThresholdProblem } from "./threshold-queries";
import { type Change, useLooking } from "./use-looking";
import { useReckoning } from "./use-reckoning";

type Props = {
  app: { id: string; name: string };
  types: TypeChoice[];
  /** Absent: this person may not propose. */
  propose?: ProposeAction;
};

/** Where an app may act alone: one kind of proposal at a time, everything reckoned here from one answer. */
export function ThresholdBoard({ app, types, propose }: Props) {
  const [looking, setLooking] = useLooking(types[0]?.key ?? "");
  const change: Change = (part) => void setLooking(part);
  const { type, predicted, days } = looking;
  const contracts = useQuery(contractsOf({ app: app.id, type }));
  const own = contracts.data?.data.filter((one) => one.predicted === predicted) ?? [];
  const contract =
    own.find(({ id }) => id === looking.contract) ?? (looking.contract === "" ? own[0] : undefined);
  const asked: Asked = { app: app.id, type, predicted, contract: contract?.id ?? "", days };
  const data = useQuery({ ...thresholdDataOf(asked), enabled: !contracts.isPending });
  const state = { app, asked, looking, change, contract: contract ?? null, propose };
  return (
    <>
      <ThresholdControls
        types={types}
        looking={looking}
        contracts={own}
        contract={contract?.id ?? "all"}
        change={change}
        data={data.data}
      />
      {data.data ? (
        <Answered data={data.data} state={state} />
      ) : data.error ? (
        <ErrorCard
          message={data.error.message}
          requestId={data.error instanceof ThresholdProblem ? data.error.requestId : undefined}
          onRetry={() => void data.refetch()}
        />
      ) : (
        <Waiting />
      )}
    </>
  );
}

function Answered({ data, state }: { data: ThresholdData; state: BoardState }) {
  if (data.total === 0) {
    return (
      <Card>
        <EmptyState title="No proposals of this kind in this period">
          As soon as the app proposes something, this page shows how sure it was and where a threshold would
          stand.
        </EmptyState>
      </Card>
    );
  }
  if (data.columns.score.length === 0) {
    return (
      <Card>
        <EmptyState title="The app does not say how sure it is">
          {`None of ${data.total.toLocaleString("en")} proposals carries a confidence, so no threshold can tell them apart and a person decides all of them. Send “confidence”, 0 to 1, with each decision.`}
        </EmptyState>
      </Card>
    );
  }
  return <Reckoned data={data} state={state} />;
}

function Reckoned({ data, state }: { data: ThresholdData; state: BoardState }) {
  const { looking, change, contract } = state;
  const reckoning = useReckoning(data, contract, looking);
  const { index, means, draft, alpha, curve, force } = reckoning;
  const figures = useMemo(() => whatIf(index, draft, means), [index, draft, means]);
  const choose = (at: number) => change({ at });
  const { currency } = data.type;
  return (
    <>
      <div className="grid items-stretch gap-3 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Instrument data={data} reckoning={reckoning} choose={choose} />
        <Numbers figures={figures} force={force} alpha={alpha} data={data} />
      </div>
      <NextStep data={data} reckoning={reckoning} state={state} />
      <div className="grid items-stretch gap-3 lg:grid-cols-2">
        <RiskCoverage
          curve={curve}
          draft={figures}
          force={force}
          alpha={alpha}
          index={index}
          choose={choose}
        />
        <CostCurve
          curve={curve}
          draft={figures}
          currency={currency}
          data={data}
          hour={looking.hour}
          change={change}
        />
      </div>
      <EvidenceCard reckoning={reckoning} data={data} contract={contract} looking={looking} change={change} />
      <div className="grid items-stretch gap-3 lg:grid-cols-2">
        <ReliabilityCard
          reliability={reckoning.reliability}
          mapped={data.columns.calibrated !== null}
          scale={looking.scale}
          change={change}
        />
        <SegmentsTable segments={reckoning.segments} threshold={draft} alpha={alpha} currency={currency} />
      </div>
      <FlipList asked={state.asked} threshold={draft} figures={figures} />
    </>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3">
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
    </div>
  );
}
