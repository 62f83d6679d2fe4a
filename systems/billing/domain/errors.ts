type ErrorType = "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";

type ErrorDetail = {
  status: number;
  type: ErrorType;
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
};

/** A refusal in Stripe's shape: `status` is the HTTP status, the rest is the body's `error`. */
export class BillingError extends Error {
  readonly detail: ErrorDetail;

  constructor(detail: ErrorDetail) {
    super(detail.message);
    this.name = "BillingError";
    this.detail = detail;
  }

  get body() {
    const { status: _status, ...error } = this.detail;
    return { error };
  }
}

/** A broken rule about one parameter: 400 `invalid_request_error`. */
export function invalid(code: string, message: string, param?: string): BillingError {
  return new BillingError({ status: 400, type: "invalid_request_error", code, message, param });
}

/** The named object is not there: 404 `resource_missing`. */
export function missing(kind: string, id: string, param = "id"): BillingError {
  return new BillingError({
    status: 404,
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id.slice(0, 100)}'`,
    param,
  });
}
