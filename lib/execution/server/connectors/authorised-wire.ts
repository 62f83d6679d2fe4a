import type { Agent } from "undici";
import { ApiKeyAuth, HmacAuth, type HttpConnector } from "@/lib/apps/connector-config";
import { strictSend, type WireAnswer } from "@/lib/server/safe-fetch";
import type { RenderedRequest } from "../../connector";
import { RenderError } from "../../render-request";
import { hmacHeaders } from "./hmac";
import { tokenSource } from "./oauth-token";

export type Writing = {
  /** Asked immediately before the first byte; false means that nothing is written. */
  mayWrite: () => boolean;
  /** A 401 is certain to have changed nothing, so that the request may be repeated once with a fresh token. */
  isRepeatable: boolean;
  timeoutMs?: number;
};

export type Wire = {
  write(request: RenderedRequest, writing: Writing): Promise<WireAnswer>;
  /** Throws RenderError when the credential is missing. */
  requireCredential(): void;
  /** What must not be seen in an answer: the secret, and the tokens it was exchanged for. */
  secrets: readonly string[];
};

type Auth = Pick<HttpConnector, "auth" | "api_key" | "hmac" | "oauth2" | "timeout_ms">;
type Proof = { ok: true; request: RenderedRequest; token?: string } | { ok: false; error: string };
type Prove = (request: RenderedRequest) => Promise<Proof>;

const mostTokens = 4;

/** Requests with a connector's credential, written through its strict agent. A credential never reaches the log. */
export function authorisedWire(options: { connector: Auth; secret: string | null; agent: Agent }): Wire {
  const { connector, secret, agent } = options;
  const { prove, forget } = proofOf(options);
  const secrets = secret === null ? [] : knownSecrets(connector, secret);
  const own = secrets.length;

  async function write(request: RenderedRequest, writing: Writing): Promise<WireAnswer> {
    const proof = await prove(request);
    // Whatever is missing here, not a byte of the request was written.
    if (!proof.ok) return { kind: "not_sent", error: proof.error };
    if (proof.token !== undefined && !secrets.includes(proof.token)) {
      // The latest few: an answer to a request with an older one may still come.
      if (secrets.length >= own + mostTokens) secrets.splice(own, 1);
      secrets.push(proof.token);
    }
    const answer = await strictSend(agent, {
      ...proof.request,
      headers: { "user-agent": "countersign", ...proof.request.headers },
      timeoutMs: writing.timeoutMs ?? connector.timeout_ms,
      mayWrite: writing.mayWrite,
    });
    if (proof.token === undefined || answer.kind !== "response" || answer.status !== 401) return answer;
    forget(proof.token);
    return writing.isRepeatable ? write(request, { ...writing, isRepeatable: false }) : answer;
  }

  return {
    write,
    requireCredential: () => {
      if (connector.auth !== "none" && secret === null)
        throw new RenderError("The connector has no credential");
    },
    secrets,
  };
}

// Of user:password a target may repeat the password alone.
function knownSecrets({ auth }: Auth, secret: string): string[] {
  const password = auth === "basic" ? secret.slice(secret.indexOf(":") + 1) : secret;
  return password === secret ? [secret] : [secret, password];
}

function proofOf({ connector, secret, agent }: { connector: Auth; secret: string | null; agent: Agent }): {
  prove: Prove;
  forget: (token: string) => void;
} {
  const forget = () => undefined;
  if (connector.auth === "none") return { prove: (request) => proven(request, {}), forget };
  if (secret === null) {
    return { prove: () => Promise.resolve({ ok: false, error: "The connector has no credential" }), forget };
  }
  switch (connector.auth) {
    case "bearer":
      return { prove: (request) => proven(request, { authorization: `Bearer ${secret}` }), forget };
    case "basic": {
      const authorization = `Basic ${Buffer.from(secret, "utf8").toString("base64")}`;
      return { prove: (request) => proven(request, { authorization }), forget };
    }
    case "api_key":
      return { prove: apiKeyProof(connector.api_key ?? ApiKeyAuth.parse({}), secret), forget };
    case "hmac": {
      const config = connector.hmac ?? HmacAuth.parse({});
      return {
        prove: (request) =>
          proven(request, hmacHeaders(config, secret, request, Math.floor(Date.now() / 1000))),
        forget,
      };
    }
    case "oauth2": {
      if (!connector.oauth2) throw new RenderError("The connector does not say where its tokens come from");
      // With the send and one repetition, all of it stays within three request lives: the least a lease is.
      const timeoutMs = Math.ceil(connector.timeout_ms / 2);
      const source = tokenSource({ config: connector.oauth2, secret, agent, timeoutMs });
      return {
        prove: async (request) => {
          const token = await source.current();
          if (!token.ok) return token;
          const proof = await proven(request, { authorization: `Bearer ${token.token}` });
          return { ...proof, token: token.token };
        },
        forget: source.forget,
      };
    }
  }
}

async function proven(request: RenderedRequest, headers: Record<string, string>) {
  return { ok: true as const, request: { ...request, headers: { ...request.headers, ...headers } } };
}

function apiKeyProof({ in: place, name }: ApiKeyAuth, secret: string): Prove {
  if (place === "header") return (request) => proven(request, { [name.toLowerCase()]: secret });
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(secret)}`;
  return (request) =>
    proven({ ...request, path: `${request.path}${request.path.includes("?") ? "&" : "?"}${pair}` }, {});
}
