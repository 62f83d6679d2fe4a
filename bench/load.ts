import { connect as openSocket, type Socket } from "node:net";
import { once } from "node:events";

export type Load = { clients: number; seconds: number; warmupSeconds?: number };
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; answered: number; wrong: number };
/** Makes the next request of a client: the bytes to send, and the status its answer must have. */
export type NextRequest = (client: number) => { bytes: Buffer; expect: number };

/**
 * A closed loop of `clients` connections against a local server. Written on bare sockets because on a small machine a
 * generator that costs as much as the server measures itself.
 */
export async function drive(port: number, load: Load, next: NextRequest): Promise<Measured> {
  const latencies: number[] = [];
  let wrong = 0;
  const began = performance.now();
  const from = began + (load.warmupSeconds ?? 1) * 1000;
  const until = from + load.seconds * 1000;
  await Promise.all(
    Array.from({ length: load.clients }, async (_, client) => {
      const connection = await Connection.open(port);
      let { bytes, expect } = next(client);
      for (let now = performance.now(); now < until; now = performance.now()) {
        const sent = connection.send(bytes);
        const expected = expect;
        // Made while the server works: what it costs to think of a request is not the server's.
        ({ bytes, expect } = next(client));
        const { status } = await sent;
        const ended = performance.now();
        if (ended < from) continue;
        latencies.push(ended - now);
        if (status !== expected) wrong += 1;
      }
      connection.close();
    }),
  );
  return { ...summary(latencies, load.seconds), wrong };
}

/** Rate and percentiles of latencies in milliseconds, gathered over so many seconds. */
export function summary(latencies: number[], seconds: number): Omit<Measured, "wrong"> {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: sorted.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), answered: sorted.length };
}

export type Answer = { status: number; body: Buffer };

/** One keep-alive connection; answers are read to their Content-Length. */
export class Connection {
  private buffer: Buffer = Buffer.alloc(0);
  private waiting: ((answer: Answer) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.read(chunk));
  }

  static async open(port: number): Promise<Connection> {
    const socket = openSocket(port, "127.0.0.1");
    await once(socket, "connect");
    return new Connection(socket);
  }

  send(bytes: Buffer): Promise<Answer> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
    const end = this.buffer.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = this.buffer.toString("latin1", 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.buffer.length < end + 4 + length) return;
    const body = this.buffer.subarray(end + 4, end + 4 + length);
    this.buffer = this.buffer.subarray(end + 4 + length);
    const resolve = this.waiting;
    this.waiting = undefined;
    resolve?.({ status: Number(head.slice(9, 12)), body });
  }
}

/** The bytes of one JSON request. */
export function requestBytes(method: string, path: string, key: string, body: string, headers = ""): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n${headers}`;
  if (method === "GET") return Buffer.from(`${head}\r\n`);
  return Buffer.from(
    `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
