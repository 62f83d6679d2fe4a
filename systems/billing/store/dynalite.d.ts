declare module "dynalite" {
  import type { Server } from "node:http";
  /** The embedded DynamoDB; `path` is a LevelDB folder, held by one process at a time. */
  export default function dynalite(options: { path: string; createTableMs?: number }): Server;
}
