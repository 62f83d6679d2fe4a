import type { Context } from "@/lib/server/context";
import type { Desks, Size } from "./seed-lists";

/** A database with so much in it, and who asks. */
export type Setup = {
  url: string;
  ctx: Context;
  admin: Context;
  desks: Desks;
  size: Size;
  close: () => Promise<void>;
};
/** One question to a list; answers how many rows it gave. */
export type Figure = {
  name: string;
  run: () => Promise<number>;
  /** The index it has to be read by. */
  reads?: string;
};
