/** Where to go after signing in: a path on this site, whatever was asked for. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return "/";
  return /^\/(sign-in|setup|invite|api)(\/|\?|$)/.test(next) ? "/" : next;
}
