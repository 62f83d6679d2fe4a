import type { Credential } from "./api-call";

/** Signs a person in as the sign-in page does, without a browser. Throws when they are refused. */
export async function signInOverHttp(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<Credential> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string }; // next-auth's own answer
  const answer = await fetch(`${url}/api/auth/callback/password`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookiesOf(first), origin: new URL(url).origin },
    body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
  });
  const cookie = cookiesOf(answer);
  if (!/session/i.test(cookie)) throw new Error(`${email} could not sign in: ${answer.status}`);
  return { cookie };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}
