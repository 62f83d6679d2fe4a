/** One bin of confidence, all shares from 0 to 1; `lower` and `upper` are the interval of `observed`. */
export type ReliabilityBin = {
  low: number;
  high: number;
  stated: number;
  observed: number;
  lower: number;
  upper: number;
  n: number;
};
