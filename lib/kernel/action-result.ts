import type { FieldError } from "./errors";

/** What a server action answers: failure is a value to render, never an exception that loses its sentence. */
export type ActionResult<T> =
  | { ok: true; data: T }
  | {
      ok: false;
      error: {
        code: string;
        message: string;
        requestId?: string;
        errors: FieldError[];
        extra: Record<string, unknown>;
      };
    };
