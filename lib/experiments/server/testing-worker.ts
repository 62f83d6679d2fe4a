// A worker that does nothing but experiments, as a process of its own: what the tests kill.
import { connect } from "@/db/client";
import { systemContext } from "@/lib/identity/server/system-context";
import { runExperiments } from "./run-experiments";

const [url = "", orgId = ""] = process.argv.slice(2);
const { db } = connect(url);
process.send?.({ ready: true });
for (;;) {
  const did = await runExperiments(systemContext(db, orgId, "worker:test"));
  if (did === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
