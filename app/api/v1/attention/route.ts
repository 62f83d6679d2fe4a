import { attentionEndpoint } from "@/lib/evaluations/attention-view";
import { getAttention } from "@/lib/evaluations/server/get-attention";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(attentionEndpoint, apiContext, getAttention);
