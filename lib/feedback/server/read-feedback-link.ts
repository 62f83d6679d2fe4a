import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Incoming } from "@/lib/server/handle";
import type { CustomerFeedback } from "../links";
import { countLinkUse } from "./count-link-use";
import { customerView, findLink } from "./find-link";

/** What stands of a link. Throws `feedback_link_invalid`, `feedback_link_expired`, `rate_limited`. */
export async function readFeedbackLink(
  ctx: Context,
  input: { params: { token: string }; header: Incoming["header"] },
): Promise<CustomerFeedback> {
  authorize(ctx, "system.run");
  await countLinkUse(ctx, "look", input.header);
  return customerView(await findLink(ctx, input.params.token));
}
