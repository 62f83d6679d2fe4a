import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Incoming, Outgoing } from "@/lib/server/handle";
import { isOwnOrigin } from "@/lib/server/origin";
import { parseWith } from "@/lib/server/parse";
import { problemOf } from "@/lib/server/problem";
import { bodyText } from "@/lib/server/read-json";
import { CustomerWord } from "../links";
import { linkLimits } from "../link-limits";
import { giveLinkedFeedback } from "./give-linked-feedback";

/**
 * Answers the hosted page's form, which needs no scripts: it is sent back to its page, which says what became of it.
 * Nothing of what was sent is reflected.
 */
export function receiveFeedbackForm(
  contextOf: () => Promise<Context>,
): (incoming: Incoming) => Promise<Outgoing> {
  return async (incoming) => {
    const { token = "" } = incoming.params;
    const page = `/feedback/${encodeURIComponent(token)}`;
    try {
      await receive(await contextOf(), incoming, token);
      return seeOther(`${page}?kept=1`);
    } catch (error) {
      return seeOther(`${page}?problem=${encodeURIComponent(problemOf(error).code)}`);
    }
  };
}

async function receive(ctx: Context, incoming: Incoming, token: string): Promise<void> {
  authorize(ctx, "system.run");
  requireOwnPage(incoming);
  const form = new URLSearchParams(bodyText(await incoming.body(), linkLimits.bytes));
  const text = form.get("text")?.toWellFormed().replaceAll("\u0000", "").replaceAll("\r\n", "\n");
  const body = parseWith(CustomerWord, { vote: form.get("vote") ?? undefined, text: text ?? undefined });
  await giveLinkedFeedback(ctx, { params: { token }, body, header: incoming.header });
}

// A form posted from our own page says so, though it keeps its address to itself (no-referrer).
function requireOwnPage(incoming: Incoming): void {
  if (incoming.header("sec-fetch-site") === "same-origin" || isOwnOrigin(incoming.header("origin"))) return;
  throw new DomainError("forbidden", "The request came from another site.", { code: "foreign_origin" });
}

function seeOther(location: string): Outgoing {
  return { status: 303, headers: { Location: location, "Cache-Control": "no-store" }, body: "" };
}
