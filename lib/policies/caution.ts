import type { JsonValue } from "@/lib/kernel/json";

/** Why a person is asked, as the router and the decision carry it (lib/decisions/schema.ts). */
export type CautionReason = {
  kind: "policy" | "finding";
  code: string;
  message: string;
  detail?: Record<string, JsonValue>;
};

/** What is asked for, as the router takes it: people, or an end without acting. */
export type PolicyCaution = { review: readonly CautionReason[]; decline: CautionReason | null };
