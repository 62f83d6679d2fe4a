import { lookup as dnsLookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { isPublicAddress } from "./public-address";

/** What came of one outbound request. `not_sent` is certain: not a byte of the request was written. */
export type WireAnswer =
  | { kind: "response"; status: number; headers: Record<string, string | string[] | undefined>; text: string }
  | { kind: "not_sent"; error: string }
  | { kind: "no_answer"; error: string };

export type WireRequest = {
  origin: string;
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  /** Bytes of an answer that are read at most; 256 KB when not given. */
  maxAnswerBytes?: number;
  /** The whole exchange must end within this, milliseconds. */
  timeoutMs: number;
  /** Asked immediately before the first byte; false means that nothing is written. */
  mayWrite?: () => boolean;
};

export type StrictOptions = {
  /** `host:port` names that may resolve to private addresses and speak plain http; the embedded demo names its own. */
  allowedPrivateHosts: readonly string[];
  connections?: number;
  /** Off: every request has a connection of its own, so that none dies of an idle one closing under it. */
  keepAlive?: boolean;
  /** Name resolution, given in tests. */
  resolve?: (hostname: string) => Promise<{ address: string }[]>;
};

const longestAnswerBytes = 256 * 1024;
const connectMs = 5000;

/** The names of COUNTERSIGN_ALLOWED_PRIVATE_HOSTS (`host:port`, comma-separated); none when it is not set. */
export function allowedPrivateHosts(value = process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS): string[] {
  return (value ?? "").split(",").flatMap((name) => name.trim().toLowerCase() || []);
}

/**
 * An agent that connects to the public internet only, over TLS on port 443. The literal host is checked, then every
 * address it resolves to, the connection goes to one of those, and the peer's address is checked once more.
 */
export function strictAgent(options: StrictOptions): Agent {
  const open = buildConnector({ timeout: connectMs, allowH2: false });
  return new Agent({
    connections: options.connections ?? 64,
    pipelining: options.keepAlive === false ? 0 : 1,
    maxOrigins: 100,
    connect: (target, callback) => {
      connectStrictly(open, target, options).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
  });
}

class Refused extends Error {
  override name = "Refused";
}

async function connectStrictly(
  open: buildConnector.connector,
  target: buildConnector.Options,
  options: StrictOptions,
): Promise<Socket> {
  const isSecure = target.protocol === "https:";
  const hostname = target.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = target.port || (isSecure ? "443" : "80");
  const isListed = options.allowedPrivateHosts.includes(`${target.hostname.toLowerCase()}:${port}`);
  if (!isListed && !isSecure) throw new Refused(`${hostname}: plain http is not allowed`);
  if (!isListed && port !== "443") throw new Refused(`${hostname}: port ${port} is not allowed`);
  const address = await allowedAddress(hostname, { isListed, options });
  const socket = await new Promise<Socket>((resolve, reject) => {
    const servername = isIP(hostname) ? undefined : hostname;
    open(
      { ...target, hostname: address, host: hostname, ...(isSecure ? { servername } : {}) },
      (error, opened) => {
        if (opened) resolve(opened);
        else reject(error ?? new Error("no connection"));
      },
    );
  });
  if (isListed || isPublicAddress(socket.remoteAddress ?? "")) return socket;
  socket.destroy();
  throw new Refused(`${hostname} led to an address that is not public`);
}

/** The address to connect to; throws where the host, or any address of it, is not public and not listed. */
async function allowedAddress(
  hostname: string,
  { isListed, options }: { isListed: boolean; options: Pick<StrictOptions, "resolve"> },
): Promise<string> {
  const resolve = options.resolve ?? ((name: string) => dnsLookup(name, { all: true, verbatim: true }));
  const found = isIP(hostname) ? [{ address: hostname }] : await resolve(hostname);
  const [first] = found;
  if (!first) throw new Refused(`${hostname} has no address`);
  if (!isListed && !found.every(({ address }) => isPublicAddress(address))) {
    throw new Refused(`${hostname} is not a public address`);
  }
  return first.address;
}

const mailPorts = new Set([25, 465, 587, 2525]);

/**
 * A plain TCP connection for mail, under the same rule as strictAgent: public addresses and the ports of mail only,
 * unless `host:port` is listed. Throws where it is refused or cannot be had within five seconds.
 */
export async function strictSocket(
  { host, port }: { host: string; port: number },
  options: Pick<StrictOptions, "allowedPrivateHosts" | "resolve">,
): Promise<Socket> {
  const hostname = host.replace(/^\[|\]$/g, "").toLowerCase();
  const isListed = options.allowedPrivateHosts.includes(`${host.toLowerCase()}:${port}`);
  if (!isListed && !mailPorts.has(port)) throw new Refused(`${hostname}: port ${port} is not allowed`);
  const address = await allowedAddress(hostname, { isListed, options });
  const socket = connect({ host: address, port });
  await new Promise<void>((resolve, reject) => {
    socket.setTimeout(connectMs, () => socket.destroy(new Error(`no connection within ${connectMs} ms`)));
    socket.once("error", reject).once("connect", () => {
      socket.off("error", reject).setTimeout(0);
      resolve();
    });
  });
  if (isListed || isPublicAddress(socket.remoteAddress ?? "")) return socket;
  socket.destroy();
  throw new Refused(`${hostname} led to an address that is not public`);
}

/** Sends one request, never follows a redirect, reads at most 256 KB of UTF-8, and says what is certain about it. */
export function strictSend(agent: Agent, request: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const exchange = new Exchange(request, resolve);
    try {
      agent.dispatch(
        {
          origin: request.origin,
          path: request.path,
          method: request.method,
          headers: request.headers,
          body: request.body,
          headersTimeout: request.timeoutMs,
          bodyTimeout: request.timeoutMs,
        },
        exchange,
      );
    } catch (error) {
      // undici refuses an unwritable request (a bad header, say) before it opens anything.
      exchange.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** One request's life on the wire: knows whether a byte was written, and answers exactly once. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #mayWrite: () => boolean;
  readonly #timer: NodeJS.Timeout;
  readonly #longest: number;
  readonly #chunks: Buffer[] = [];
  readonly #done: (answer: WireAnswer) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #isWritten = false;
  #isOver = false;
  #size = 0;
  #status = 0;
  #headers: Record<string, string | string[] | undefined> = {};

  constructor(request: WireRequest, done: (answer: WireAnswer) => void) {
    this.#mayWrite = request.mayWrite ?? (() => true);
    this.#done = done;
    this.#longest = request.maxAnswerBytes ?? longestAnswerBytes;
    this.#timer = setTimeout(() => this.#stop(`no answer within ${request.timeoutMs} ms`), request.timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // undici may queue a request anew when its socket goes; a second write would be a second send.
    if (this.#isWritten) controller.abort(new Error("the connection was reset"));
    else if (this.#isOver) controller.abort(new Error("the time for it was over"));
    else if (!this.#mayWrite()) controller.abort(new Error("the lease was over before it was sent"));
    else this.#isWritten = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#longest) this.#stop(`the answer is over ${this.#longest} bytes`);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks));
    this.#answer({ kind: "response", status: this.#status, headers: this.#headers, text });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#answer({ kind: this.#isWritten ? "no_answer" : "not_sent", error: sentenceOf(error) });
  }

  #stop(reason: string): void {
    if (this.#controller) this.#controller.abort(new Error(reason));
    // Still connecting: undici will ask to start it, and is refused there.
    this.onResponseError(null, new Error(reason));
  }

  #answer(answer: WireAnswer): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#done(answer);
  }
}

function sentenceOf(error: Error): string {
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" && !error.message.includes(code)
    ? `${error.message} (${code})`
    : error.message;
}
