import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { JsonObject } from "@/lib/kernel/json";

/** A system with one invoice to look at, and a count of what was sent to it. */
export async function aWatchedTarget() {
  const target = {
    state: { status: "open", refunded: 0 } as JsonObject,
    /** The status a look is answered with. */
    answers: 200,
    /** The status a send is answered with. */
    replies: 200,
    looks: [] as string[],
    sends: [] as string[],
    onSend: (): void => {},
    host: "",
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      target.looks.push(request.url ?? "");
      const body = target.answers === 200 ? target.state : { error: "no" };
      response.writeHead(target.answers, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    request.resume().on("end", () => {
      const key = String(request.headers["idempotency-key"]);
      target.sends.push(key);
      target.onSend();
      const isDone = target.replies === 200;
      const body = isDone ? { id: `re_${key}`, status: "succeeded" } : { error: { message: "Not now" } };
      response.writeHead(target.replies, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = target.host;
  return target;
}
export type WatchedTarget = Awaited<ReturnType<typeof aWatchedTarget>>;

/** A refund desk whose action looks at the invoice before it refunds it. */
export async function aWatchedDesk(db: Database, target: WatchedTarget, action: JsonObject = {}) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: `http://${target.host}` });
  const config = {
    observe: {
      path: "/v1/invoices/{/invoice}",
      pointers: ["/status", "/refunded"],
      money_pointers: ["/refunded"],
    },
    ...action,
  };
  await db.execute(
    sql`update connector_actions set config = config || ${JSON.stringify(config)}::jsonb where id = ${desk.action}`,
  );
  return { org, desk };
}
