import type { Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { log } from "@/lib/server/log";
import { backOffMs } from "../back-off";
import type { Answer } from "../connector";
import type { ClaimedExecution } from "./claim-executions";
import { lookBeforeSending, type Before } from "./look-before-sending";
import type { SendResult } from "./settle-executions";

/** Sends one claimed execution, after the look at its target that it may need. Null: it is settled already. */
export async function dispatchClaimed(ctx: Context, claimed: ClaimedExecution): Promise<SendResult | null> {
  // What may have reached the target before may have changed it: only a first send is compared.
  if (!claimed.watch || !claimed.isFirst) return sendClaimed(claimed);
  const before = await lookBeforeSending({ ...ctx, now: new Date() }, claimed, claimed.watch).catch(
    (error: unknown): Before => {
      log.warn({ err: error, execution: claimed.executionId }, "a look before sending failed");
      return { to: "later", error: "Not sent: its state could not be looked at", nextInMs: backOffMs(1, 0) };
    },
  );
  if (before.to === "send") return sendClaimed(claimed);
  if (before.to === "done") return null;
  return resultOf(claimed, { kind: "not_sent", error: before.error }, before.nextInMs);
}

/** Sends it, if its lease still holds when the first byte is to be written. Never throws. */
async function sendClaimed(claimed: ClaimedExecution): Promise<SendResult> {
  const { connector, request } = claimed;
  crashPoint("send.before");
  // Whatever breaks on our side while a request may be out leaves its fate open.
  const answer = await connector
    .send(request, () => performance.now() < claimed.deadline)
    .catch((error: unknown): Answer => ({ kind: "no_answer", error: String(error) }));
  crashPoint("send.after");
  // A target that says when to come back is not asked sooner.
  const asked = answer.kind === "response" ? (answer.retryAfterMs ?? 0) : 0;
  const delay = Math.max(asked, backOffMs(claimed.attempt, Math.random()));
  return resultOf(
    claimed,
    answer,
    connector.class === "A" ? delay : Math.max(delay, connector.settleDelayMs),
  );
}

function resultOf(claimed: ClaimedExecution, answer: Answer, nextInMs: number): SendResult {
  const { connector, isFirst, executionId, decisionId, fence } = claimed;
  const classified = connector.classify(answer, { first: isFirst });
  // What was taken on is given the time its report may take, and only then becomes a person's.
  const isAccepted = classified.outcome === "accepted";
  const wait = isAccepted ? Math.max(nextInMs, connector.reportWithinMs ?? 0) : nextInMs;
  const needsPerson = connector.class === "C" && classified.status === "unknown" && !isAccepted;
  return { executionId, decisionId, fence, answer, classified, nextInMs: wait, needsPerson };
}
