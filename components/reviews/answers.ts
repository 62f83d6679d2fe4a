import type { FieldError } from "@/lib/kernel/errors";
import type { BulkPreview, BulkResult, BulkVerdict } from "@/lib/reviews/bulk";
import type { ForwardInput, Passed, PassTargets } from "@/lib/reviews/passing";
import type { Ruling, ReviewView, StageVerdict } from "@/lib/reviews/schema";

/** What a server action answers: failure is a value to render. */
export type Answer<T> =
  | { ok: true; data: T }
  | {
      ok: false;
      error: {
        code: string;
        message: string;
        requestId?: string;
        errors: FieldError[];
        extra?: Record<string, unknown>;
      };
    };

export type Staged = { reviewId: string; effectiveAt: string; undoSeconds: number };

/** The server actions of this room, given to its screens by the pages. */
export type ReviewActions = {
  stage: (input: StageVerdict) => Promise<Answer<Staged>>;
  /** Approves without the others; takes effect at once. */
  breakGlass: (input: { reviewId: string; ruling: Ruling }) => Promise<Answer<{ reviewId: string }>>;
  unstage: (input: { reviewId: string }) => Promise<Answer<ReviewView>>;
  bulk: (input: BulkVerdict) => Promise<Answer<BulkPreview | BulkResult>>;
  unstageMany: (input: { reviewIds: string[] }) => Promise<Answer<{ taken: string[]; late: string[] }>>;
  skip: (input: { reviewId: string }) => Promise<Answer<{ reviewId: string }>>;
  targets: (input: { reviewId: string }) => Promise<Answer<PassTargets>>;
  forward: (input: ForwardInput) => Promise<Answer<Passed>>;
  snooze: (input: { reviewId: string; minutes: number }) => Promise<Answer<ReviewView>>;
};

/** Who is looking, and whether they may rule. */
export type Viewer = { id: string; mayRule: boolean };

/** What an action answers; one that never arrives rejects, and is a failure like any other. */
export async function reached<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>> {
  return call().catch((): Answer<T> => {
    const message = "The server could not be reached. Nothing was changed; try again.";
    return { ok: false, error: { code: "unreachable", message, errors: [] } };
  });
}
