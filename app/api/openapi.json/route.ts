import { connection } from "next/server";
import { apiDocument } from "./document";

export async function GET(): Promise<Response> {
  await connection(); // The address of this installation is known when it runs, not when it is built.
  return Response.json(apiDocument());
}
