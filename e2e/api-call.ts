/** What the calls of the stories read of an answer. */
type Answer = { id: string; key: string; version: number; data?: { error?: unknown }[] };
/** A key or personal token, or the cookie of somebody signed in. */
export type Credential = { token: string } | { cookie: string };

/**
 * Calls the public API as whoever holds the key. Throws on what is refused, also on one item of a batch; that something
 * exists already (409) is no error.
 */
export function apiCall(url: string, credential: string | Credential) {
  const who = typeof credential === "string" ? { token: credential } : credential;
  const proof: Record<string, string> =
    "token" in who
      ? { authorization: `Bearer ${who.token}` }
      : { cookie: who.cookie, origin: new URL(url).origin };
  return async (method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { ...proof, "content-type": "application/json" };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(`${url}/api/v1${path}`, init);
    const text = await response.text();
    if (!response.ok && response.status !== 409) throw new Error(`${method} ${path} answered ${text}`);
    const answer = JSON.parse(text) as Answer;
    const refused = method === "POST" && answer.data?.find(({ error }) => error);
    if (refused) throw new Error(`${method} ${path} refused ${JSON.stringify(refused)}`);
    return answer;
  };
}
