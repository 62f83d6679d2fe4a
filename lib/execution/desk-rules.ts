import type { ConnectorClass } from "@/lib/apps/schema";
import type { ExecutionStatus } from "./schema";

/** What the reconcile desk's rules look at, of one execution and of the person in front of it. */
export type DeskFacts = {
  status: ExecutionStatus;
  needsPerson: boolean;
  class: ConnectorClass | null;
  canLookUp: boolean;
  /** A look-up after the last send found nothing of it. */
  isAbsent: boolean;
  /** The target no longer keeps our key (class A). */
  isKeyOver: boolean;
  /** The approval lapsed. */
  isLate: boolean;
  /** Somebody asked for another send, and no worker has taken it yet. */
  isRetryAsked: boolean;
  /** This person approved the decision. */
  isApprover: boolean;
  /** This person's role may settle executions. */
  mayDesk: boolean;
};

/** Why something is not offered: a problem code (lib/kernel/problems.ts) and a sentence. */
export type Refusal = {
  code: "forbidden" | "own_approval" | "conflict" | "approval_lapsed";
  sentence: string;
};
export type Offer = { refusal: Refusal | null };
export type RetryOffer = Offer & {
  /** What to know before sending again. */
  warning: string | null;
  /** Class B: nobody has looked yet, so the caller must say that it is to be sent all the same. */
  isBlind: boolean;
};
export type DeskOffers = { lookUp: Offer; resolve: Offer; retry: RetryOffer };

/** What a person may do about an execution of open fate, and why not. The verbs and the screen read the same rules. */
export function deskOffers(facts: DeskFacts): DeskOffers {
  return {
    lookUp: { refusal: lookUpRefusal(facts) },
    resolve: { refusal: personRefusal(facts) ?? resolveRefusal(facts) },
    retry: {
      refusal: personRefusal(facts) ?? retryRefusal(facts),
      warning: retryWarning(facts),
      isBlind: facts.class === "B" && !facts.isAbsent,
    },
  };
}

function personRefusal({ mayDesk, isApprover }: DeskFacts): Refusal | null {
  if (!mayDesk) return { code: "forbidden", sentence: "Only reviewers and admins settle executions." };
  if (isApprover) {
    return {
      code: "own_approval",
      sentence: "You approved this decision; somebody else has to settle what became of it.",
    };
  }
  return null;
}

function lookUpRefusal({ status, canLookUp, mayDesk }: DeskFacts): Refusal | null {
  if (!mayDesk) return { code: "forbidden", sentence: "Only reviewers and admins look executions up." };
  if (status !== "unknown" && status !== "dead") return conflict("There is nothing to look up.");
  return canLookUp ? null : conflict("This system cannot be asked what it did.");
}

function resolveRefusal({ status }: DeskFacts): Refusal | null {
  const isOpen = status === "unknown" || status === "dead" || status === "disputed";
  return isOpen ? null : conflict(`It is ${status.replace("_", " ")}; there is nothing to settle.`);
}

function retryRefusal({ status, needsPerson, isRetryAsked, isLate }: DeskFacts): Refusal | null {
  if (isRetryAsked) return conflict("Somebody has already asked for it to be sent again.");
  if (status === "disputed") {
    return conflict("What happened is disputed; settle that, then decide anew.");
  }
  if (status === "unknown" && !needsPerson) return conflict("It is still being found out by itself.");
  if (status !== "unknown" && status !== "dead") {
    return conflict(`It is ${status.replace("_", " ")}; it is not sent again.`);
  }
  if (isLate) {
    return { code: "approval_lapsed", sentence: "The approval has lapsed; a new decision has to be made." };
  }
  return null;
}

function retryWarning(facts: DeskFacts): string | null {
  if (facts.class === "A" && facts.isKeyOver) {
    return "The system no longer keeps our key: if the first request was carried out, this one may act twice.";
  }
  if (facts.class === "C") {
    return "This system cannot recognise our key: if the first request was carried out, this one acts twice.";
  }
  if (facts.class === "B" && !facts.isAbsent) {
    return "Nobody has looked whether it happened: if it did, sending it again acts twice.";
  }
  return null;
}

function conflict(sentence: string): Refusal {
  return { code: "conflict", sentence };
}
