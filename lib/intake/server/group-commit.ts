import { DomainError } from "@/lib/kernel/errors";

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

export type GroupCommitOptions = {
  /** Flushes under way at once; more would only wait for the same disk. */
  inFlight: number;
  /** Items one flush carries at most. */
  batch: number;
  /** Items that may wait; beyond it a caller is told to come back. */
  queue: number;
};

/**
 * Gathers single submissions into shared transactions. There is no timer: a flush starts as soon as one may, and what
 * arrives meanwhile goes with the next, so one caller waits for nobody and many share a commit. A promise settles
 * only after its own flush did.
 */
export class GroupCommit<T, R> {
  private readonly waiting: Waiting<T, R>[] = [];
  private flushing = 0;
  private scheduled = false;

  constructor(
    private readonly flush: (items: T[]) => Promise<R[]>,
    private readonly options: GroupCommitOptions = { inFlight: 2, batch: 256, queue: 4096 },
  ) {}

  /** The result of this item once its flush is durable. Throws `overloaded` when too many wait. */
  submit(item: T): Promise<R> {
    if (this.waiting.length >= this.options.queue) {
      throw new DomainError("unavailable", "Too many submissions are waiting; nothing was stored", {
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
    this.flushing += 1;
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
      this.flushing -= 1;
      this.schedule();
    }
  }
}
