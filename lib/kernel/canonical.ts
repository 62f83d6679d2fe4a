import canonicalize from "canonicalize";

/** RFC 8785 canonical JSON of a JSON value. Throws on what is not JSON (NaN, Infinity, lone surrogates). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("canonicalJson: not a JSON value");
  return text;
}
