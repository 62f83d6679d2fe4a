import { readFileSync } from "node:fs";
import path from "node:path";
import { connect, type Connection } from "@/db/client";
import { createUser } from "@/lib/identity/server/create-user";
import { listOrgIds, systemContext } from "@/lib/identity/server/system-context";
import type { Context } from "@/lib/server/context";
import { signInOverHttp } from "../../e2e/sign-in-over-http";
import { dataDirOf } from "../lib/settings.mjs";
import { workerEnvironment } from "../lib/worker-environment.mjs";
import { caller, type Call } from "./call";

type Demo = { url: string; users: { role: string; email: string; password: string }[] };

/** A running installation: its people over HTTP, and its database for the one thing HTTP cannot do, to pass the time. */
export type Installation = {
  url: string;
  proposer: Call;
  signer: Call;
  auditor: Call;
  /** What a worker of the installation runs as. */
  system: Context;
  connection: Connection;
};

/** Joins the `npm start` of COUNTERSIGN_DATA_DIR as its demo's admin and auditor, and as a second admin made for it. */
export async function joinInstallation(): Promise<Installation> {
  const file = path.join(dataDirOf(process.env), "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as Demo; // What `npm start` writes.
  const { DATABASE_URL: database, ...environment } = await workerEnvironment(process.env);
  Object.assign(process.env, environment);
  const connection = connect(String(database), { max: 3 });
  const [orgId = ""] = await listOrgIds(connection.db);
  const system = systemContext(connection.db, orgId, "trial");
  const email = `second-admin-${Date.now()}@example.test`;
  const password = "quiet lantern meridian";
  await createUser(system, { email, name: "Second admin", role: "admin", password });
  const signIn = async (person: { email: string; password: string }) =>
    caller(demo.url, await signInOverHttp(demo.url, person));
  const of = (role: string) => {
    const person = demo.users.find((user) => user.role === role);
    if (!person) throw new Error(`${file} has no ${role}`);
    return signIn(person);
  };
  return {
    url: demo.url,
    proposer: await of("admin"),
    signer: await signIn({ email, password }),
    auditor: await of("auditor"),
    system,
    connection,
  };
}
