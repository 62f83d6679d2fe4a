/** The moment that a time in RFC 3339 names; an invalid Date where it names none. Reads no clock. */
export function instantOf(time: string): Date {
  return new Date(time);
}
