import { createServer } from "node:http";
import net, { type AddressInfo } from "node:net";
import { createWebSocketStream, WebSocketServer } from "ws";

/**
 * Stands in for Neon's WebSocket endpoint in front of a local PostgreSQL: one socket is one connection. Reaches
 * that one server and nothing else. Resolves to `host:port/v1`, the value of COUNTERSIGN_NEON_PROXY.
 */
export async function startNeonProxy(target: {
  host: string;
  port: number;
}): Promise<{ address: string; close: () => void }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, path: "/v1" });
  sockets.on("connection", (socket, request) => {
    const asked = new URL(request.url ?? "/", "ws://local").searchParams.get("address");
    if (asked !== `${target.host}:${target.port}`) return socket.close(1008, "not an allowed address");
    // Without it each small message of a query waits for the acknowledgement of the one before.
    const upstream = net.connect({ ...target, noDelay: true });
    const stream = createWebSocketStream(socket);
    // Either side may vanish at any time; the other is then closed and the driver reports the loss.
    upstream.on("error", () => socket.terminate());
    stream.on("error", () => upstream.destroy());
    stream.pipe(upstream).pipe(stream);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo; // A TCP server's address is never a string.
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  };
  return { address: `127.0.0.1:${port}/v1`, close };
}
