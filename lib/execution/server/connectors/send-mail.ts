import type { Socket } from "node:net";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import SMTPConnection from "nodemailer/lib/smtp-connection/index.js";
import type { EmailConnector } from "@/lib/apps/connector-config";
import type { JsonObject } from "@/lib/kernel/json";
import { strictSocket } from "@/lib/server/safe-fetch";
import type { RenderedRequest } from "../../connector";

export type Mailing = {
  connector: EmailConnector;
  secret: string | null;
  allowedPrivateHosts: readonly string[];
  request: RenderedRequest;
  /** Asked immediately before the message is offered; false means that it is not. */
  mayWrite: () => boolean;
};

/** As of a request: `not_sent` is certain, because the server was not yet sent the text. */
export type MailAnswer =
  | { kind: "response"; status: number; body: JsonObject }
  | { kind: "not_sent"; error: string }
  | { kind: "no_answer"; error: string };

/** Hands one message to a mail server, all of it within the connector's time limit. Never throws. */
export async function sendMail(mailing: Mailing): Promise<MailAnswer> {
  const { connector, allowedPrivateHosts } = mailing;
  let socket: Socket | undefined;
  const exchange = { isTextBegun: false };
  const timer = setTimeout(() => {
    socket?.destroy(new Error(`no answer within ${connector.timeout_ms} ms`));
  }, connector.timeout_ms);
  try {
    socket = await strictSocket(connector, { allowedPrivateHosts });
    if (connector.tls === "none" && !isListed(mailing)) {
      return { kind: "not_sent", error: `${connector.host}: mail without TLS is not allowed` };
    }
    return await converse(mailing, socket, exchange);
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return { kind: exchange.isTextBegun ? "no_answer" : "not_sent", error: sentence };
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}

// Without TLS a message and its password are read by everybody on the way.
function isListed({ connector, allowedPrivateHosts }: Mailing): boolean {
  return allowedPrivateHosts.includes(`${connector.host.toLowerCase()}:${connector.port}`);
}

async function converse(mailing: Mailing, socket: Socket, exchange: { isTextBegun: boolean }) {
  const { connector, secret, request, mayWrite } = mailing;
  const message = new MailComposer({
    from: request.headers.from,
    to: request.headers.to,
    cc: request.headers.cc,
    replyTo: request.headers["reply-to"],
    subject: request.headers.subject,
    messageId: request.headers["message-id"],
    text: request.body ?? "",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const text = await message.build();
  const connection = new SMTPConnection({
    host: connector.host,
    port: connector.port,
    connection: socket,
    secure: connector.tls === "implicit",
    ignoreTLS: connector.tls === "none",
    requireTLS: connector.tls === "starttls",
    socketTimeout: connector.timeout_ms,
    tls: isIP(connector.host) ? {} : { servername: connector.host },
  });
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.once("end", () => reject(new Error("the connection was closed")));
  });
  broken.catch(() => undefined);
  const step = <T>(run: (done: (error: Error | null | undefined, value: T) => void) => void) =>
    Promise.race([
      broken,
      new Promise<T>((resolve, reject) => run((error, value) => (error ? reject(error) : resolve(value)))),
    ]);
  await step<void>((done) => connection.connect((error) => done(error)));
  if (connector.username !== "") {
    const credentials = { user: connector.username, pass: secret ?? "" };
    await step<void>((done) => connection.login(credentials, (error) => done(error)));
  }
  if (!mayWrite()) return { kind: "not_sent" as const, error: "the lease was over before it was sent" };
  const { from, to } = message.getEnvelope();
  const offered = step<SMTPConnection.SentMessageInfo>((done) =>
    connection.send({ from, to }, textStream(text, exchange), done),
  );
  const answer = await offered.then((info) => taken(info, request), refused);
  connection.quit();
  return answer;
}

/** The text, which is first read when the server has said that it wants it. */
function textStream(text: Buffer, exchange: { isTextBegun: boolean }): Readable {
  return new Readable({
    read() {
      exchange.isTextBegun = true;
      this.push(text);
      this.push(null);
    },
  });
}

function taken(info: SMTPConnection.SentMessageInfo, request: RenderedRequest): MailAnswer {
  return {
    kind: "response",
    status: Number(info.response.slice(0, 3)) || 250,
    body: {
      response: info.response,
      message_id: request.headers["message-id"] ?? "",
      accepted: info.accepted,
      rejected: info.rejected,
    },
  };
}

/** An error that holds the server's own answer is a refusal; any other is thrown on: what is certain depends on whether the text was begun. */
function refused(error: SMTPConnection.SMTPError): MailAnswer {
  const { responseCode: status, response = "", command = "" } = error;
  // Before the text was asked for: "not now", or an envelope that could not be written. It may be offered again.
  if (error.code === "EENVELOPE" && (status === undefined || status < 500)) {
    return { kind: "not_sent", error: `It is not taking it now: ${response.slice(0, 300) || error.message}` };
  }
  if (status === undefined || status < 400) throw error;
  return { kind: "response", status, body: { response, command } };
}
