import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";

export type Heard = {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
};
type Say = { status?: number; headers?: Record<string, string>; body?: unknown };

/** An HTTP server of a test's own on loopback: remembers every request, answers as told; `null` cuts the connection. */
export async function aServer(answer: (heard: Heard, at: number) => Say | null) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => void reply(request, response));
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    heard.push(one);
    const said = answer(one, heard.length);
    if (said === null) return void request.socket.destroy();
    const text = typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? {});
    response.writeHead(said.status ?? 200, { "content-type": "application/json", ...said.headers });
    response.end(said.body === undefined && said.status === 202 ? undefined : text);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { heard, host: `127.0.0.1:${port}`, baseUrl: `http://127.0.0.1:${port}`, close };
}

/** An MCP server of a test's own: sessions, one answer to every tool call, as JSON or as a stream of events. */
export async function anMcpServer(
  onCall: (params: Record<string, unknown>) => object | null,
  { streams = false, tools = [] as object[] } = {},
) {
  const calls: Record<string, unknown>[] = [];
  const server = await aServer(({ method, headers, body }) => {
    if (method === "DELETE") return { status: 200 };
    const message = JSON.parse(body) as { id?: string; method: string; params: Record<string, unknown> };
    const reply = (result: object, more: Record<string, string> = {}): Say => {
      const text = JSON.stringify({ jsonrpc: "2.0", id: message.id, result });
      const stream = `: hello\n\nevent: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress"}\n\ndata: ${text}\n\n`;
      return streams
        ? { body: stream, headers: { "content-type": "text/event-stream", ...more } }
        : { body: text, headers: more };
    };
    if (message.method === "initialize") {
      const result = {
        protocolVersion: "2025-06-18",
        capabilities: { tools: {} },
        serverInfo: { name: "fake" },
      };
      return reply(result, { "mcp-session-id": "session-1" });
    }
    if (headers["mcp-session-id"] !== "session-1" || headers["mcp-protocol-version"] !== "2025-06-18") {
      return { status: 400 };
    }
    if (message.method === "notifications/initialized") return { status: 202 };
    if (message.method === "tools/list") return reply({ tools });
    calls.push(message.params);
    const result = onCall(message.params);
    return result === null ? null : reply(result);
  });
  return { ...server, calls };
}

/** A mail server of a test's own: what it answers to a command, by its first word; `cut` closes the connection. */
export async function aMailServer(
  answers: Partial<Record<"AUTH" | "MAIL" | "RCPT" | "DATA" | "TEXT", string>> = {},
) {
  const mails: { from: string; to: string[]; text: string }[] = [];
  const server = createTcpServer((socket) => converse(socket));
  function converse(socket: Socket): void {
    let mail = { from: "", to: [] as string[], text: "" };
    let isText = false;
    let rest = "";
    const say = (line: string) => (line === "cut" ? socket.destroy() : socket.write(`${line}\r\n`));
    const onLine = (line: string) => {
      if (isText && line === ".") {
        isText = false;
        mails.push(mail);
        mail = { from: "", to: [], text: "" };
        return say(answers.TEXT ?? "250 2.0.0 Ok: queued as 4F2A");
      }
      if (isText) return void (mail.text += `${line}\n`);
      const word = line.slice(0, 4).toUpperCase();
      if (word === "EHLO") return say("250 fake.test");
      if (word === "MAIL") mail.from = line;
      if (word === "RCPT") mail.to.push(line);
      if (word === "DATA" && answers.DATA === undefined) isText = true;
      const usual = word === "DATA" ? "354 go on" : "250 ok";
      return say(answers[word as "MAIL"] ?? usual);
    };
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString("utf8")).split("\r\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    });
    say("220 fake.test ESMTP");
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { mails, port, host: `127.0.0.1:${port}`, close: () => void server.close() };
}
