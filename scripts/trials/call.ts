import type { Credential } from "../../e2e/api-call";

/** Calls the public API as somebody; throws with its sentence on what it refuses. */
export function caller(url: string, who: Credential) {
  const proof: Record<string, string> =
    "token" in who
      ? { authorization: `Bearer ${who.token}` }
      : { cookie: who.cookie, origin: new URL(url).origin };
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...proof, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T; // What the endpoint's contract says.
  };
}
export type Call = ReturnType<typeof caller>;
