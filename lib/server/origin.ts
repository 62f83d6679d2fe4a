/** The address people use, from configuration and never from a request's Host header. */
export function origin(): string {
  return process.env.COUNTERSIGN_ORIGIN ?? `http://localhost:${process.env.PORT ?? "3000"}`;
}

/** Origins whose pages may change things: the configured one and, on a loopback address, its other spelling. */
export function isOwnOrigin(value: string | null | undefined): boolean {
  if (!value) return false;
  const own = new URL(origin());
  const spellings = [own.origin];
  if (own.hostname === "localhost") spellings.push(own.origin.replace("//localhost", "//127.0.0.1"));
  if (own.hostname === "127.0.0.1") spellings.push(own.origin.replace("//127.0.0.1", "//localhost"));
  return spellings.includes(value);
}

/** True when this server holds real data: DATABASE_URL was given, so keys are live and nothing is a demo. */
export function livemode(): boolean {
  return process.env.COUNTERSIGN_MODE === "production";
}
