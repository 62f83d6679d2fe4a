import type { Answer } from "@/components/identity/use-submit";
import type { GoldItem } from "@/lib/reviews/measures";
import type { GoldAnswer } from "@/lib/reviews/overturned";

type Mark = { queue: string; decision_id: string; expected?: GoldAnswer; note?: string };
export type MarkGoldAction = (input: Mark) => Promise<Answer<GoldItem>>;
export type RetireGoldAction = (input: { queue: string; gold: string }) => Promise<Answer<GoldItem>>;
