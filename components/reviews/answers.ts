import type { FieldError } from "@/lib/kernel/errors";
import type { Ruling, ReviewView } from "@/lib/reviews/schema";

/** What a server action answers: failure is a value to render. */
export type Answer<T> =
  | { ok: true; data: T }
  | { ok: false; error: { code: string; message: string; requestId?: string; errors: FieldError[] } };

export type Staged = { reviewId: string; effectiveAt: string; undoSeconds: number };

/** The server actions of this room, given to its screens by the pages. */
export type ReviewActions = {
  stage: (input: { reviewId: string; ruling: Ruling }) => Promise<Answer<Staged>>;
  unstage: (input: { reviewId: string }) => Promise<Answer<ReviewView>>;
  skip: (input: { reviewId: string }) => Promise<Answer<{ reviewId: string }>>;
  snooze: (input: { reviewId: string; minutes: number }) => Promise<Answer<ReviewView>>;
};

/** Who is looking, and whether they may rule. */
export type Viewer = { id: string; mayRule: boolean };
