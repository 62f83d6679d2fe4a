import { startPostgres } from "./embedded-postgres.mjs";
import { Failure } from "./failure.mjs";
import { isAlive, sleep } from "./processes.mjs";

const beat = 500;

/**
 * The embedded database, started and kept: when its server dies it is started again on the same port, and recovers
 * everything committed. `lost` is called when that is not possible.
 * @param {{ dataDir: string, password: string }} options
 * @param {(error: Error) => void} lost
 */
export async function keepDatabase(options, lost) {
  let server = await startPostgres(options);
  let stopping = false;
  const { url } = server;
  const watching = watch().catch(lost);

  async function watch() {
    while (!stopping) {
      await sleep(beat);
      if (stopping || isAlive(server.pid)) continue;
      process.stderr.write("The database ended unasked; starting it again\n");
      server = await startPostgres(options);
      if (server.url !== url) throw new Failure("The database's port was taken meanwhile. Start again.");
    }
  }

  async function stop() {
    stopping = true;
    await watching;
    await server.stop();
  }

  return { url, stop };
}
