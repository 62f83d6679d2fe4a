import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { roleMay } from "@/lib/identity/matrix";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { EventType } from "@/lib/kernel/events";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "./context";
import { problem, type Incoming } from "./handle";
import { log } from "./log";
import { rowsOf } from "./rows";
import { incomingOf } from "./serve";

/** That something happened, never what: whoever may see it reads it through its own verb. */
export type Hint = { type: EventType | "resync"; subject: string; decision_id: string | null };
type Listener = { orgId: string; userId: string; role: Role; hear: (hints: readonly Hint[]) => void };
type EventRow = {
  id: number | string;
  org_id: string;
  type: EventType;
  subject: string;
  decision_id: string | null;
};

const resync: Hint = { type: "resync", subject: "", decision_id: null };
const pollMs = 500;
const every = { beatMs: 15_000, checkMs: 30_000 };
const mostAtOnce = 500;
// A row with a lower id may be committed after one with a higher id: this many are looked at again.
const lookBack = 100;

/** One reader of the events table for all open screens of this process. It reads only while somebody listens. */
class Feed {
  private readonly listeners = new Set<Listener>();
  private readonly unheard = new Set<Listener>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private newest: number | undefined;
  private seen = new Set<number>();

  constructor(private readonly db: Database) {}

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    this.unheard.add(listener);
    this.timer ??= setTimeout(() => void this.turn(), 0);
    return () => {
      this.listeners.delete(listener);
      this.unheard.delete(listener);
    };
  }

  private async turn(): Promise<void> {
    try {
      await this.poll();
      this.greet();
    } catch (error) {
      // Screens poll by themselves too; the next turn tries again.
      log.warn({ err: error }, "live updates: the events could not be read");
    }
    this.timer = undefined;
    if (this.listeners.size > 0) this.timer = setTimeout(() => void this.turn(), pollMs);
    else this.newest = undefined;
  }

  private async poll(): Promise<void> {
    if (this.newest === undefined) {
      const [last] = await rowsOf<{ id: number | string }>(
        this.db,
        sql`select coalesce(max(id), 0) as id from events`,
      );
      this.newest = Number(last?.id ?? 0);
      const before = await this.after(this.newest - lookBack);
      this.seen = new Set(before.map(({ id }) => Number(id)));
      return;
    }
    const rows = await this.after(this.newest - lookBack);
    const fresh = rows.filter(({ id }) => !this.seen.has(Number(id)));
    this.newest = Math.max(this.newest, ...rows.map(({ id }) => Number(id)));
    this.seen = new Set(rows.map(({ id }) => Number(id)));
    if (fresh.length > 0) this.tell(fresh, rows.length === mostAtOnce + lookBack);
  }

  // From here on nothing is missed; what happened since the screen was read is caught up by reading again.
  private greet(): void {
    for (const { hear } of this.unheard) hear([resync]);
    this.unheard.clear();
  }

  private after(id: number): Promise<EventRow[]> {
    return rowsOf<EventRow>(
      this.db,
      sql`select id, org_id, type, subject, decision_id from events where id > ${id} order by id
        limit ${mostAtOnce + lookBack}`,
    );
  }

  // In a flood single hints say little: one word makes every screen read again.
  private tell(rows: readonly EventRow[], flood: boolean): void {
    for (const { orgId, userId, role, hear } of this.listeners) {
      const concerns = (row: EventRow) =>
        row.org_id === orgId && mayHear(role, row.type) && isFor(userId, row);
      const hints = rows.filter(concerns).map(hintOf);
      if (hints.length > 0) hear(flood ? [resync] : hints);
    }
  }
}

function hintOf({ type, subject, decision_id }: EventRow): Hint {
  return { type, subject, decision_id };
}

/** Audits are hidden from those who are audited; that auditors differed, from auditors, who may be asked next. */
export function mayHear(role: Role, type: EventType): boolean {
  if (type === "audit.disputed" && roleMay(role, "audits.judge")) return false;
  return roleMay(role, type.startsWith("audit.") ? "audits.read" : "decisions.read");
}

// A bell rings for one person: everybody else's screens would read for nothing.
function isFor(userId: string, { type, subject }: EventRow): boolean {
  return type !== "notification.changed" || subject === userId;
}

const feeds = new WeakMap<Database, Feed>();
function feedOf(db: Database): Feed {
  const feed = feeds.get(db) ?? new Feed(db);
  feeds.set(db, feed);
  return feed;
}

type ContextOf = (incoming: Incoming, requestId: string) => Promise<Context>;

/**
 * A route of server-sent events for a signed-in person: a hint for everything that happens in their organisation. The
 * session is looked at again every 30 seconds, and the stream ends with it. Keys hear nothing.
 */
export function serveLive(contextOf: ContextOf, timing = every): (request: Request) => Promise<Response> {
  return async (request) => {
    const incoming = incomingOf(request, {});
    const requestId = newId("request");
    try {
      const ctx = await contextOf(incoming, requestId);
      roleOf(ctx);
      return new Response(
        streamOf(ctx, () => contextOf(incoming, requestId), request.signal, timing),
        {
          headers: {
            "Content-Type": "text/event-stream; charset=utf-8",
            // no-transform: a compressing proxy would hold hints back.
            "Cache-Control": "no-cache, no-transform",
            "X-Accel-Buffering": "no",
          },
        },
      );
    } catch (error) {
      const { status, headers, body } = problem(error, requestId, incoming.url.pathname);
      return new Response(body, { status, headers });
    }
  };
}

function roleOf(ctx: Context): Role {
  if (ctx.actor.kind === "user") return ctx.actor.role;
  throw new DomainError("forbidden", "Live updates are for signed-in people; use webhooks or wait=30.");
}

function streamOf(ctx: Context, again: () => Promise<Context>, signal: AbortSignal, timing: typeof every) {
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          // A reader that fell this far behind has gone; it connects again.
          if ((controller.desiredSize ?? 0) < -1000) return end();
          controller.enqueue(encoder.encode(text));
        };
        const listener: Listener = {
          orgId: ctx.orgId,
          userId: ctx.actor.id,
          role: roleOf(ctx),
          hear: (hints) => send(hints.map((hint) => `data: ${JSON.stringify(hint)}\n\n`).join("")),
        };
        const deaf = feedOf(ctx.db).listen(listener);
        const beat = setInterval(() => send(": beat\n\n"), timing.beatMs);
        const check = setInterval(
          () => void stillSignedIn(again, listener).then((yes) => yes || end()),
          timing.checkMs,
        );
        let ended = false;
        function end() {
          if (ended) return;
          ended = true;
          stop();
          controller.close();
        }
        stop = () => {
          ended = true;
          deaf();
          clearInterval(beat);
          clearInterval(check);
        };
        signal.addEventListener("abort", end, { once: true });
        send("retry: 3000\n\n");
      },
      cancel: () => stop(),
    },
    { highWaterMark: 64 },
  );
}

// A database that is away for a moment ends no session; a session that is over does.
async function stillSignedIn(again: () => Promise<Context>, listener: { role: Role }): Promise<boolean> {
  try {
    listener.role = roleOf(await again());
    return true;
  } catch (error) {
    return !(error instanceof DomainError) || error.kind === "unavailable";
  }
}
