// The fake systems of the torture, in a process that is never killed: `target.ts <ledger file> <seed>`. Each has a
// ledger of its own, which is the truth, and misbehaves as the seed says: /A and /A-key dedupe by Idempotency-Key,
// /A and /B can be asked what they did, /C offers neither.
import { openSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { faultAt, lookupFaultAt, times, type Fault } from "./faults";
import type { Effect, Received } from "./ledger";
import { randomFor } from "./random.mjs";

type Asked = { invoice: string; amount: number; metadata: { action_key: string } };

const [, , file = "", seedText = "0"] = process.argv;
const seed = Number(seedText);
const log = openSync(file, "a");
const effects = new Map<string, Effect[]>();
const received = new Map<string, number>();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`target: ${String(error)}\n`);
    request.socket.destroy();
  });
});
server.keepAliveTimeout = 30_000;
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
});
process.on("disconnect", () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://target");
  const system = url.pathname.split("/")[1] ?? "";
  if (request.method === "GET") return tell(system, url, response);
  const asked = await bodyOf(request);
  const name = `${system} ${asked.metadata.action_key}`;
  const nth = (received.get(name) ?? 0) + 1;
  received.set(name, nth);
  const draw = randomFor(seed, `${name} ${nth}`);
  const fault = faultAt(draw());
  write({ kind: "request", system, key: asked.metadata.action_key, fault, at: Date.now() });
  await misbehave({ system, asked, fault, draw, response, request });
}

type Exchange = {
  system: string;
  asked: Asked;
  fault: Fault;
  draw: () => number;
  request: IncomingMessage;
  response: ServerResponse;
};

async function misbehave({ system, asked, fault, draw, request, response }: Exchange): Promise<void> {
  const happen = () => act(system, asked, fault);
  await sleep(draw() * 15);
  if (fault === "late") {
    await sleep(times.timeout + 50 + draw() * (times.latestEffect - times.timeout - 100));
    happen();
    return void request.socket.destroy();
  }
  const happens = !["cut_before", "error_before", "refused", "garbage_before", "busy"].includes(fault);
  const effect = happens ? happen() : undefined;
  await sleep(draw() * 15);
  if (fault === "cut_before" || fault === "cut_after") return void request.socket.destroy();
  if (fault === "error_before" || fault === "error_after") return say(response, 500, { error: "It broke" });
  if (fault === "refused") return say(response, 422, { error: { message: "This is refused" } });
  if (fault === "garbage_before" || fault === "garbage_after") return void response.end("<html>Welcome");
  if (fault === "busy") return say(response.setHeader("retry-after", "1"), 429, { error: "Not now" });
  if (fault === "drip") return drip(response);
  say(response, 200, { id: effect?.reference, status: "succeeded" });
}

/** Once a key where the system dedupes, else as often as it is asked. */
function act(system: string, asked: Asked, fault: Fault): Effect {
  const key = asked.metadata.action_key;
  const earlier = effects.get(`${system} ${key}`) ?? [];
  if (earlier[0] && system.startsWith("A")) return earlier[0];
  const reference = `re_${system}_${key}_${earlier.length + 1}`;
  const { invoice, amount } = asked;
  const effect: Effect = { kind: "effect", system, key, reference, invoice, amount, fault, at: Date.now() };
  effects.set(`${system} ${key}`, [...earlier, effect]);
  write(effect);
  return effect;
}

/** What it did under a key, or how an invoice stands (which here never changes). */
async function tell(system: string, url: URL, response: ServerResponse): Promise<void> {
  const name = `? ${url.pathname}${url.search}`;
  const asked = (received.get(name) ?? 0) + 1;
  received.set(name, asked);
  const fault = lookupFaultAt(randomFor(seed, `${name} ${asked}`)());
  if (fault === "cut") return void response.socket?.destroy();
  if (fault === "error") return say(response, 503, { error: "Not now" });
  if (fault === "slow") await sleep(times.timeout + 100);
  if (url.pathname.includes("/invoices/")) return say(response, 200, { status: "open" });
  const key = url.searchParams.get("metadata[action_key]") ?? "";
  const found = effects.get(`${system} ${key}`) ?? [];
  say(response, 200, { data: found.map(({ reference }) => ({ id: reference })) });
}

async function drip(response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  for (const letter of '{"id":"re_slow","status":"succeeded"}') {
    if (response.destroyed) return;
    response.write(letter);
    await sleep(times.timeout / 8);
  }
  response.end();
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const body = JSON.parse(text) as Asked;
  const header = request.headers["idempotency-key"];
  if (header !== undefined && header !== body.metadata.action_key) throw new Error("two keys for one act");
  return body;
}

function write(line: Effect | Received): void {
  writeSync(log, `${JSON.stringify(line)}\n`);
}
