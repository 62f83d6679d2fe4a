/** The kinds of failure a caller can act on; each maps to one HTTP status. Anything else is a bug and crashes. */
export const errorKinds = [
  "malformed", // 400: could not be read at all
  "unauthenticated", // 401
  "forbidden", // 403
  "not_found", // 404, also for what the caller may not know of
  "not_allowed", // 405: here, but not with this method
  "conflict", // 409: somebody or something was first
  "gone", // 410
  "precondition_failed", // 412
  "too_large", // 413
  "unsupported_media", // 415
  "invalid", // 422: read, and wrong
  "limited", // 429
  "unavailable", // 503: try again
] as const;
export type ErrorKind = (typeof errorKinds)[number];

export const statusOfKind: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  limited: 429,
  unavailable: 503,
};

/** One thing wrong with the input: where (RFC 6901 pointer), what, and what to do about it. */
export type FieldError = { pointer: string; code: string; message: string; fix?: string };

/** A broken rule, said in one sentence to the person or program that broke it. `code` is stable API. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly errors: FieldError[];
  readonly extra: Record<string, unknown>;

  constructor(
    kind: ErrorKind,
    message: string,
    more: { code?: string; errors?: FieldError[]; extra?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = "DomainError";
    this.kind = kind;
    this.code = more.code ?? kind;
    this.errors = more.errors ?? [];
    this.extra = more.extra ?? {};
  }
}
