import type { Observe } from "@/lib/apps/schema";
import { observedOf, type Observed } from "@/lib/decisions/observed";
import type { JsonObject } from "@/lib/kernel/json";
import type { Answer, Act, Connector } from "../connector";

/** What reading a target's state came to; `isGone`: it says that what was asked about is not there. */
export type Reading = {
  observed: Observed | null;
  isGone: boolean;
  /** Why there is no state, in one sentence; null when there is one. */
  error: string | null;
  /** As sent, the credential masked; null when no request could be made. */
  request: JsonObject | null;
  answer: Answer | null;
};

const longestState = 65_536;

/** Reads the state an action would touch, with its connector's credential. Never throws. */
export async function observeTarget(connector: Connector, observe: Observe, act: Act): Promise<Reading> {
  try {
    const { request, answer } = await connector.read(observe.path, act);
    return { ...stateOf(observe, act, answer), request: connector.mask(request), answer };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { observed: null, isGone: false, error: why, request: null, answer: null };
  }
}

function stateOf(observe: Observe, act: Act, answer: Answer): Pick<Reading, "observed" | "isGone" | "error"> {
  if (answer.kind !== "response") return unread(answer.error);
  const { status, body } = answer;
  if (status === 404 || status === 410) {
    return {
      observed: observedOf(observe, act.arguments, null),
      isGone: true,
      error: `It answered ${status}: what this is about is not there`,
    };
  }
  if (status < 200 || status > 299) return unread(`It answered ${status} when asked for its state`);
  if (body === undefined) return unread("Its state is not JSON that can be read");
  const observed = observedOf(observe, act.arguments, body);
  if (JSON.stringify(observed).length > longestState)
    return unread("Its state is too long to keep; name fewer fields");
  return { observed, isGone: false, error: null };
}

function unread(error: string): Pick<Reading, "observed" | "isGone" | "error"> {
  return { observed: null, isGone: false, error };
}
