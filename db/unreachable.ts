/** What to do about a database that does not let us in, by the system's or PostgreSQL's code. */
const sentences: Record<string, string> = {
  ECONNREFUSED: "No PostgreSQL answers there. Is it running, and are host and port right?",
  ECONNRESET: "Whatever answers there ended the connection. Is it PostgreSQL, and does it ask for TLS?",
  ENOTFOUND: "There is no such host. Is its name right?",
  EAI_AGAIN: "Its host cannot be looked up right now. Is there a network?",
  ETIMEDOUT: "Nothing answers there. Does a firewall stand between?",
  "28P01": "It refused the user or the password.",
  "28000": "It lets this user in from nowhere, or not without TLS: see its pg_hba.conf.",
  "3D000": "It has no such database. Make it with createdb, or name another.",
  "42501": "Its user may not make tables. Grant it CREATE on the database and on its schema.",
  "25006": "It takes no writes: it is a standby, or read-only.",
};

/**
 * A sentence for the person at the terminal about a database that cannot be migrated, and where it was looked for, never
 * with the password; undefined when it is a bug of ours.
 */
export function unreachableSentence(error: unknown, url: string): string | undefined {
  const address = URL.parse(url);
  if (!address || !/^postgres(ql)?:$/.test(address.protocol))
    return "DATABASE_URL is not the address of a PostgreSQL. Write it as postgres://user:password@host:5432/name";
  const sentence = codesOf(error)
    .flatMap((code) => sentences[code] ?? [])
    .at(0);
  return (
    sentence && `The database ${address.host}${address.pathname} (DATABASE_URL) cannot be used. ${sentence}`
  );
}

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = "code" in error ? [String(error.code)] : [];
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[...parts, error.cause].flatMap(codesOf)];
}
