import type { AgentKind } from "@/lib/policies/schema";
import type { LabelledText } from "../measure";
import { injectionCases } from "./injection-cases";
import { piiCases } from "./pii-cases";
import { toxicityCases } from "./toxicity-cases";

/** The labelled texts that come with the product for agents of that kind; none for a model we do not know. */
export function casesOf(kind: AgentKind): readonly LabelledText[] {
  if (kind === "pii") return piiCases;
  if (kind === "prompt_injection") return injectionCases;
  return kind === "toxicity" ? toxicityCases : [];
}
