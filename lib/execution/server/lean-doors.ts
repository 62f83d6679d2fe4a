import { apiContext } from "@/lib/identity/server/api-context";
import { giveVerdictEndpoint } from "@/lib/reviews/endpoints";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import { handle } from "@/lib/server/handle";
import type { LeanDoor } from "@/lib/server/lean-handler";
import { observeFirst } from "./observe-first";

/** What a reviewer's own client calls for every decision; with the look an approval may need, as behind the Next route. */
export const verdictDoors: readonly LeanDoor[] = [
  {
    method: "POST",
    path: /^\/api\/v1\/reviews\/(?<review>rev_[0-9a-z]{1,60})\/verdict$/,
    answer: (incoming) => handle(giveVerdictEndpoint, apiContext, observeFirst(giveVerdict), incoming),
  },
];
