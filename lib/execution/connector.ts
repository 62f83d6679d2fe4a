import type { ConnectorClass } from "@/lib/apps/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { AttemptOutcome, ExecutionStatus } from "./schema";

/** What is carried out: the validated arguments that were signed, under the one key the target ever sees for it. */
export type Act = { actionKey: string; arguments: JsonObject };

/** A request ready to be written, without its credential. */
export type RenderedRequest = {
  method: string;
  /** Scheme, host and port. */
  origin: string;
  /** Path and query as sent. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** The one name the target ever sees for this act. */
  actionKey: string;
};

/** What came of writing a request: an answer, the certainty that nothing was written, or neither. */
export type Answer =
  | {
      kind: "response";
      status: number;
      text: string;
      body: JsonValue | undefined;
      /** How long the target asked us to wait before the next attempt. */
      retryAfterMs?: number;
    }
  | { kind: "not_sent"; error: string }
  | { kind: "no_answer"; error: string };

/** What an answer means for the attempt and for the execution. */
export type Classified = {
  outcome: AttemptOutcome;
  status: ExecutionStatus;
  reference: string | null;
  result: JsonValue;
  error: string | null;
};

/** What a look-up by our key says of an earlier send. */
export type LookedUp =
  | { outcome: "found"; reference: string | null; result: JsonValue }
  | { outcome: "absent" }
  | { outcome: "ambiguous"; error: string };

export type LookupAnswer = { lookedUp: LookedUp; request: RenderedRequest; answer: Answer };

export type ReadAnswer = { request: RenderedRequest; answer: Answer };

/** A typed door to one enterprise system, for one action. */
export type Connector = {
  readonly class: ConnectorClass;
  /** Longest life of one request, milliseconds. */
  readonly timeoutMs: number;
  /** Class A: how long the target remembers our key, seconds. */
  readonly keyTtlSeconds: number;
  /** Class B: how long after an ambiguous send a look-up may be believed, milliseconds. */
  readonly settleDelayMs: number;
  readonly canLookUp: boolean;
  /** An accepted message is not yet done: its report may take this long, milliseconds. Null: an answer says it all. */
  readonly reportWithinMs: number | null;
  /** Renders the request. Throws RenderError when the arguments do not fit the action's template. */
  prepare(act: Act): RenderedRequest;
  /** Sends it once. `mayWrite` is asked immediately before the first byte; false means nothing is written. */
  send(request: RenderedRequest, mayWrite: () => boolean): Promise<Answer>;
  /** `first`: no earlier send of this execution can have reached the target. */
  classify(answer: Answer, sends: { first: boolean }): Classified;
  /** Asks the target whether the act took effect. Only for doors that `canLookUp`. */
  lookup(act: Act): Promise<LookupAnswer>;
  /** A request as the attempt log keeps it: as sent, secrets masked. */
  mask(request: RenderedRequest): JsonObject;
  /** A GET of a path template under the base URL (observe, ledger). Throws RenderError where there is nothing to get. */
  read(path: string, act: Act): Promise<ReadAnswer>;
};
