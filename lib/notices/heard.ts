import type { Role } from "@/lib/identity/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";

/** An event of the outbox with what one has to know of it to tell somebody. */
export type HeardEvent = {
  id: number;
  type: string;
  /** Milliseconds since 1970. */
  atMs: number;
  subject: string;
  decisionId: string | null;
  data: JsonObject;
  /** The review it is about. */
  review: {
    id: string;
    kind: string;
    queueId: string;
    queueKey: string;
    queueName: string;
    /** `user:<id>` */
    heldBy: string | null;
    assignedTo: string | null;
    excluded: readonly string[];
    escalationLevel: number;
  } | null;
  app: { id: string; name: string } | null;
  typeName: string | null;
  money: Money | null;
  /** What a stop names: an app, a type, a connector; null: everything. */
  stopped: string | null;
};

/** Somebody who could be told: not disabled. */
export type Person = { id: string; role: Role };
/** Members of each queue that has some. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>;
