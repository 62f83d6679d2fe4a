import type { Database } from "@/db/client";
import { DomainError } from "@/lib/kernel/errors";
import { wasTakenBack } from "./problem";

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

export type BatcherOptions = {
  /** Flushes under way at once; more would only wait for the same disk. */
  inFlight: number;
  /** Items one flush carries at most. */
  batch: number;
  /** After so long a flush is no longer counted as under way: a connection that hangs holds up nobody else. */
  patienceMs: number;
  /** Items that may wait; beyond it a caller is told to come back. */
  queue: number;
};

/**
 * Gathers single pieces of work into shared ones: submissions into a transaction, look-ups into a query. There is no
 * timer: a flush starts as soon as one may, and what arrives meanwhile goes with the next, so one caller waits for
 * nobody and many share a commit. A promise settles only after its own flush did, which began after it was asked.
 */
export class Batcher<T, R> {
  private readonly waiting: Waiting<T, R>[] = [];
  private flushing = 0;
  private scheduled = false;

  constructor(
    private readonly flush: (items: T[]) => Promise<R[]>,
    private readonly options: BatcherOptions = { inFlight: 2, batch: 256, patienceMs: 5000, queue: 4096 },
  ) {}

  /** The result of this item once its flush is durable. Throws `overloaded` when too many wait. */
  submit(item: T): Promise<R> {
    if (this.waiting.length >= this.options.queue) {
      throw new DomainError("unavailable", "Too many requests are waiting; nothing was done", {
        code: "overloaded",
      });
    }
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.waiting.push({ item, resolve, reject });
    this.schedule();
    return promise;
  }

  private schedule(): void {
    if (this.scheduled || this.flushing >= this.options.inFlight || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.run(this.waiting.splice(0, this.options.batch));
      this.schedule();
    });
  }

  private async run(group: Waiting<T, R>[]): Promise<void> {
    const release = this.take();
    try {
      const results = await this.flush(group.map((one) => one.item));
      group.forEach((one, index) => {
        const result = results[index];
        if (result === undefined)
          one.reject(new Error("a flush answered fewer results than it was given items"));
        else one.resolve(result);
      });
    } catch (error) {
      for (const one of group) one.reject(error);
    } finally {
      release();
    }
  }

  /** Counts a flush as under way until it is released, or patience with it is over. */
  private take(): () => void {
    this.flushing += 1;
    let held = true;
    const release = () => {
      clearTimeout(timer);
      if (!held) return;
      held = false;
      this.flushing -= 1;
      this.schedule();
    };
    const timer = setTimeout(release, this.options.patienceMs).unref();
    return release;
  }
}

/** A {@link Batcher} for each database apart, made with the first item for it. */
export function batcherOf<T, R>(
  flush: (db: Database, items: T[]) => Promise<R[]>,
  options: BatcherOptions,
): (db: Database, item: T) => Promise<R> {
  const batchers = new WeakMap<Database, Batcher<T, R>>();
  return (db, item) => {
    const known = batchers.get(db) ?? new Batcher<T, R>((items) => flush(db, items), options);
    batchers.set(db, known);
    return known.submit(item);
  };
}

/**
 * A look-up by key that is shared by all who ask for one while another is under way. `read` is given keys that may
 * repeat, and answers in their order; null for one that is not there. Where the database refuses what it was asked, each
 * asks again for itself: a bad key fails nobody else.
 */
export function sharedLookUp<T, R>(
  read: (db: Database, keys: T[]) => Promise<(R | null)[]>,
): (db: Database, key: T) => Promise<R | null> {
  const ask = batcherOf<T, { found: R | null } | "alone">(async (db, keys) => {
    try {
      return (await read(db, keys)).map((found) => ({ found }));
    } catch (error) {
      if (keys.length === 1 || !wasTakenBack(error)) throw error;
      return keys.map(() => "alone");
    }
  }, lookUps);
  return async (db, key) => {
    const answer = await ask(db, key);
    return answer === "alone" ? ((await read(db, [key]))[0] ?? null) : answer.found;
  };
}

const lookUps: BatcherOptions = { inFlight: 1, batch: 256, patienceMs: 100, queue: 4096 };

/** Rows, each with its place from 1, in the order of what was asked: null for what is not there, or not for the asker. */
export function inAskedOrder<T extends { at: number }>(
  asked: readonly unknown[],
  rows: readonly T[],
): (T | null)[] {
  const found = new Map(rows.map((row) => [row.at, row]));
  return asked.map((_, index) => found.get(index + 1) ?? null);
}
