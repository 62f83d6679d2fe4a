import type { Agent } from "undici";
import type { OAuth2Auth } from "@/lib/apps/connector-config";
import { isJsonObject } from "@/lib/kernel/json";
import { strictSend } from "@/lib/server/safe-fetch";
import { answerOf } from "./answer-of";

/** A token, or why there is none; asking for one changes nothing at the target. */
export type Token = { ok: true; token: string } | { ok: false; error: string };

export type TokenSource = {
  /** The token in force, fetched when there is none or it is about to lapse; callers at once share one request. */
  current(): Promise<Token>;
  /** Forgets a token that was refused, unless another one is in force already. */
  forget(token: string): void;
};

/** How long before its end a token is replaced, and how long one lives whose server does not say; seconds. */
const marginSeconds = 60;
const lifeSeconds = 300;

type Options = { config: OAuth2Auth; secret: string; agent: Agent; timeoutMs: number };

/** OAuth 2 client credentials (RFC 6749 §4.4): the token is kept in this process's memory until shortly before it lapses. */
export function tokenSource(options: Options): TokenSource {
  let held: { token: string; until: number } | null = null;
  let asking: Promise<Token> | null = null;

  async function ask(): Promise<Token> {
    const answer = await fetchToken(options);
    if (!answer.ok) return answer;
    const margin = Math.min(marginSeconds, answer.lives / 10);
    held = { token: answer.token, until: performance.now() + (answer.lives - margin) * 1000 };
    return { ok: true, token: answer.token };
  }

  return {
    current() {
      if (held && performance.now() < held.until) return Promise.resolve({ ok: true, token: held.token });
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    forget(token) {
      if (held?.token === token) held = null;
    },
  };
}

type Fetched = { ok: true; token: string; lives: number } | { ok: false; error: string };

async function fetchToken({ config, secret, agent, timeoutMs }: Options): Promise<Fetched> {
  const url = new URL(config.token_url);
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (config.scope !== "") form.set("scope", config.scope);
  if (config.audience !== "") form.set("audience", config.audience);
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": "countersign",
  };
  if (config.client_auth === "basic") headers.authorization = basicOf(config.client_id, secret);
  else {
    form.set("client_id", config.client_id);
    form.set("client_secret", secret);
  }
  const sent = await strictSend(agent, {
    origin: url.origin,
    path: url.pathname,
    method: "POST",
    headers,
    body: form.toString(),
    timeoutMs,
  });
  // HTTP Basic writes both in one.
  return tokenIn(answerOf(sent, [basicOf(config.client_id, secret).slice("Basic ".length), secret]));
}

function tokenIn(answer: ReturnType<typeof answerOf>): Fetched {
  if (answer.kind !== "response") return failed(answer.error);
  const body = isJsonObject(answer.body) ? answer.body : {};
  if (answer.status !== 200) {
    const code = typeof body.error === "string" ? ` (${body.error.slice(0, 100)})` : "";
    return failed(`the token server answered ${answer.status}${code}`);
  }
  const { access_token: token, token_type: type, expires_in: lives } = body;
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) return failed("it holds no access_token");
  if (typeof type === "string" && type.toLowerCase() !== "bearer") return failed(`its type is not bearer`);
  const seconds = typeof lives === "number" || typeof lives === "string" ? Number(lives) : Number.NaN;
  return { ok: true, token, lives: seconds > 0 ? seconds : lifeSeconds };
}

function failed(why: string): Fetched {
  return { ok: false, error: `No access token: ${why}` };
}

// RFC 6749 §2.3.1: both are form-encoded before they are joined.
function basicOf(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ v: part }).toString().slice(2)).join(":");
  return `Basic ${Buffer.from(encoded, "utf8").toString("base64")}`;
}
