/** What a fake system does with one request; each with its share of all requests. The rest goes well. */
export const shares = {
  /** The connection is cut, nothing happened. */
  cut_before: 0.08,
  /** It happened, then the connection is cut. */
  cut_after: 0.12,
  error_before: 0.08,
  error_after: 0.06,
  /** It happens after the caller has given up. */
  late: 0.1,
  /** A clear refusal, whatever became of an earlier request. */
  refused: 0.04,
  garbage_before: 0.015,
  garbage_after: 0.025,
  /** 429 with Retry-After. */
  busy: 0.03,
  /** It happened, and its answer comes slower than the caller waits. */
  drip: 0.03,
} as const;
export type Fault = keyof typeof shares | "ok";

/** Times in milliseconds that the connectors, the workers and the fake systems agree on: short, for a short run. */
export const times = {
  timeout: 400,
  /** A late effect lands this long after the request came, at most. */
  latestEffect: 850,
  /** Longer than any effect may be late, on a machine that is busy. */
  settleDelay: 2000,
  lease: 1500,
} as const;

/** The fault at a draw from 0 to 1. */
export function faultAt(draw: number): Fault {
  let left = draw;
  for (const [fault, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return fault as Fault;
  }
  return "ok";
}

/** What a fake system does with the question whether something happened. It may not answer; it never lies. */
export function lookupFaultAt(draw: number): "ok" | "error" | "cut" | "slow" {
  if (draw < 0.08) return "error";
  if (draw < 0.14) return "cut";
  return draw < 0.18 ? "slow" : "ok";
}
