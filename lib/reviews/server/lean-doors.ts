import { apiContext } from "@/lib/identity/server/api-context";
import { handle } from "@/lib/server/handle";
import type { LeanDoor } from "@/lib/server/lean-handler";
import { giveVerdictEndpoint } from "../schema";
import { giveVerdict } from "./give-verdict";

/** What a reviewer's own client calls for every decision. */
export const reviewDoors: readonly LeanDoor[] = [
  {
    method: "POST",
    path: /^\/api\/v1\/reviews\/(?<review>rev_[0-9a-z]{1,60})\/verdict$/,
    answer: (incoming) => handle(giveVerdictEndpoint, apiContext, giveVerdict, incoming),
  },
];
