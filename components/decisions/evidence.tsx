"use client";

import { useState } from "react";
import { EvidencePanel } from "@/components/reviews/evidence-panel";
import { useShortcuts } from "@/components/shell/shortcuts";
import type { Citation, ContextItem } from "@/lib/decisions/schema";
import type { JsonValue } from "@/lib/kernel/json";

type Props = { input: JsonValue; context: ContextItem[] | null; citations: readonly Citation[] };

/** What the app knew, as a reviewer sees it; raw on demand. */
export function Evidence({ input, context, citations }: Props) {
  const [raw, setRaw] = useState(false);
  const toggle = () => setRaw((was) => !was);
  useShortcuts("Decision", [{ keys: "v", label: "Show the evidence raw", run: toggle }]);
  return <EvidencePanel review={{ decision: { input, context, citations } }} raw={raw} onRaw={toggle} />;
}
