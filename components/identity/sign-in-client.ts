/** Why a sign-in was refused, as a code the sign-in page has a sentence for. */
export type SignInAnswer = { ok: true } | { ok: false; error: string };

/** Asks for a session with a password; the cookie comes with the answer. */
export async function postPassword(email: string, password: string): Promise<SignInAnswer> {
  const answer = await postForm("/api/auth/callback/password", { email, password });
  const error = errorOf(answer.url);
  if (answer.ok && !error) return { ok: true };
  return { ok: false, error: error ?? "unavailable" };
}

/** The provider's address to go to for single sign-on. */
export async function oidcAddress(callbackUrl: string): Promise<string | undefined> {
  const { url } = await postForm("/api/auth/signin/oidc", { callbackUrl });
  return url && !errorOf(url) && URL.parse(url)?.origin !== location.origin ? url : undefined;
}

async function postForm(path: string, fields: Record<string, string>) {
  const csrf: unknown = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
  const response = await fetch(path, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken: stringAt(csrf, "csrfToken") ?? "", json: "true" }),
  });
  const body: unknown = await response.json();
  return { ok: response.ok, url: stringAt(body, "url") };
}

function errorOf(url: string | undefined): string | undefined {
  return (url && URL.parse(url, location.origin)?.searchParams.get("error")) || undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : undefined;
}
