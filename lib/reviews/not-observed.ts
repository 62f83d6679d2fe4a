import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

/** An approval has no state to rest on yet: whoever can read the target does so, and asks again. */
export class NotObserved extends DomainError {
  readonly decisionId: string;
  /** The arguments that would run, edits included. */
  readonly args: JsonObject;

  constructor(decisionId: string, args: JsonObject) {
    super("unavailable", "What this would change has not been read from its system yet; try again", {
      code: "cannot_observe",
    });
    this.name = "NotObserved";
    this.decisionId = decisionId;
    this.args = args;
  }
}
