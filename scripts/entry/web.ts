// The server of `npm start`: the lean handler in front of Next, on one port.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { closeDatabase, database } from "@/db/client";
import { verdictDoors } from "@/lib/execution/server/lean-doors";
import { notePeer } from "@/lib/identity/server/client-address";
import { ensureSetupToken } from "@/lib/identity/server/setup-token";
import { intakeDoors } from "@/lib/intake/server/lean-doors";
import { frontDoor, refuseUpgrades, setCommonHeaders } from "@/lib/server/front-door";
import { keepIdClock } from "@/lib/server/id-clock";
import { leanHandler } from "@/lib/server/lean-handler";
import { log } from "@/lib/server/log";
import { origin } from "@/lib/server/origin";
import { unknownDoors } from "@/lib/server/unknown-doors";

const port = Number(process.env.PORT ?? 3000);
const hostname = process.env.HOST ?? "127.0.0.1";

// Loading takes longer than migrating: whoever starts this may have it do so meanwhile, and then says the word.
const word =
  process.env.COUNTERSIGN_START === "on_word" && process.send
    ? new Promise((resolve) => process.once("message", resolve))
    : undefined;
const app = next({ dev: false, dir: process.cwd(), hostname, port });
await app.prepare();
const answer = app.getRequestHandler();

const answersLean = leanHandler([...intakeDoors, ...verdictDoors]);
let stopping = false;
const answersAtDoor = frontDoor({ isStopping: () => stopping });
const prepareAnswer = setCommonHeaders();
const answersUnknown = unknownDoors(async () => (await import("@/app/api/openapi.json/endpoints")).endpoints);
const server = createServer((request, response) => {
  if (answersAtDoor(request, response)) return;
  notePeer(request);
  if (answersLean(request, response)) return;
  prepareAnswer(response);
  answerAsked(request, response).catch((error: unknown) => {
    log.error({ err: error }, "a page failed");
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
refuseUpgrades(server);
server.headersTimeout = 10_000;
server.requestTimeout = 60_000;
server.keepAliveTimeout = 65_000;
server.on("error", (error) => {
  process.stderr.write(`web: ${error.message}\n`);
  process.exit(1);
});

async function answerAsked(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await answersUnknown(request, response))) await answer(request, response);
}

await word;
await keepIdClock(database());
server.listen(port, hostname, () => {
  void announce();
});

async function announce(): Promise<void> {
  const token = await ensureSetupToken(database());
  if (token)
    process.stdout.write(
      `No admin yet. Make the first one at ${origin()}/setup?token=${token} (once, within 24 hours)\n`,
    );
  process.send?.({ ready: true, url: origin(), setupToken: token });
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  // Streams and long polls would keep the server open for ever; what is being answered gets a moment.
  server.close(() => void closeDatabase().finally(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 3000).unref();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
