import type { RunPurpose } from "@/lib/models/vocabulary";

export const purposeWords: Record<RunPurpose, string> = {
  decision: "Decision",
  shadow: "Shadow",
  playground: "Playground",
  experiment: "Experiment",
  judge: "Judge",
  llm_auditor: "LLM auditor",
};
