import type { Answer, Staged } from "./answers";
import { isOver, outcomeOf, type KeptVerdict, type Outcome } from "./kept-verdict";
import { dropKept, keepVerdict, keptVerdicts } from "./kept-verdicts";

const ranOut = "Your claim ran out before there was a connection";
/** Where the browser has no locks, this tab at least sends one at a time. */
let sending = false;

type Send = {
  by: string;
  stage: (verdict: KeptVerdict) => Promise<Answer<Staged>>;
  /** `wanted`: it was not taken back while it was on its way. */
  onOutcome: (verdict: KeptVerdict, outcome: Exclude<Outcome, { is: "waiting" }>, wanted: boolean) => void;
};

/** Sends what is kept for one person, one after the other in the order given; only one tab does at a time. */
export async function sendKept(send: Send): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    // Absent without https. The server takes none twice; this only spares it the question.
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) await sendAll(send);
    else
      await locks.request("countersign.kept-verdicts", { ifAvailable: true }, (lock) =>
        lock ? sendAll(send) : undefined,
      );
  } finally {
    sending = false;
  }
}

async function sendAll({ by, stage, onOutcome }: Send): Promise<void> {
  const waiting = keptVerdicts().filter((each) => each.by === by && each.refused === undefined);
  for (const verdict of waiting) {
    // Taken back while the one before it was on its way.
    if (!isThere(verdict)) continue;
    const outcome: Outcome = isOver(verdict, new Date())
      ? { is: "refused", why: ranOut }
      : outcomeOf(verdict, await stage(verdict));
    if (outcome.is === "waiting") return;
    const wanted = isThere(verdict);
    if (outcome.is === "given") dropKept(verdict);
    else if (wanted) keepVerdict({ ...verdict, refused: outcome.why });
    onOutcome(verdict, outcome, wanted);
  }
}

function isThere({ reviewId, by }: KeptVerdict): boolean {
  return keptVerdicts().some((each) => each.reviewId === reviewId && each.by === by);
}
