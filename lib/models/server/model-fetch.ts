import { allowedPrivateHosts, strictAgent, strictSend } from "@/lib/server/safe-fetch";

/** The provider was not reached, or the connection went before it answered; the message names no secret. */
export class WireFailure extends Error {
  override name = "WireFailure";
}

const longestAnswerBytes = 4 * 1024 * 1024;

/**
 * A `fetch` under the house's rules for outbound requests (lib/server/safe-fetch.ts): public addresses over TLS, and what
 * COUNTERSIGN_ALLOWED_PRIVATE_HOSTS names. One connection a request, no redirects, an answer of 4 MB at most. Throws
 * WireFailure where there is no answer.
 */
export function modelFetch({ timeoutMs }: { timeoutMs: number }): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const agent = strictAgent({
      allowedPrivateHosts: allowedPrivateHosts(),
      connections: 1,
      keepAlive: false,
    });
    const stop = () => void agent.destroy();
    request.signal.addEventListener("abort", stop, { once: true });
    try {
      const body = request.body === null ? null : await request.text();
      const answer = await strictSend(agent, {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body,
        timeoutMs,
        maxAnswerBytes: longestAnswerBytes,
      });
      request.signal.throwIfAborted();
      if (answer.kind !== "response") throw new WireFailure(answer.error);
      return new Response([204, 205, 304].includes(answer.status) ? null : answer.text, {
        status: answer.status,
        headers: headersOf(answer.headers),
      });
    } finally {
      request.signal.removeEventListener("abort", stop);
      await agent.destroy();
    }
  };
}

function headersOf(from: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  // What was read is text already.
  headers.delete("content-encoding");
  headers.delete("content-length");
  return headers;
}
