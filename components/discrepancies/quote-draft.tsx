"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import type { DiscrepancyView } from "@/lib/discrepancies/schema";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import { QuotedEvidence } from "./quoted-evidence";

type Draft = { spans: readonly EvidenceSpan[]; setSpans: (spans: EvidenceSpan[]) => void };
const DraftContext = createContext<Draft>({ spans: [], setSpans: () => {} });

/** The words that a person is about to confirm: one list for the form that changes it and the case that marks it. */
export function QuoteDraft({ first, children }: { first: readonly EvidenceSpan[]; children: ReactNode }) {
  const [spans, setSpans] = useState<readonly EvidenceSpan[]>(first);
  return <DraftContext value={{ spans, setSpans }}>{children}</DraftContext>;
}

export function useQuoteDraft(): Draft {
  return useContext(DraftContext);
}

/** The case with the words marked that are about to be confirmed. */
export function DraftEvidence({ evidence }: { evidence: DiscrepancyView["evidence"] }) {
  return <QuotedEvidence evidence={evidence} quotes={useQuoteDraft().spans} />;
}
