import { startMailbox } from "./main";

const { MAILBOX_API_KEY: apiKey, MAILBOX_PORT: port, MAILBOX_DATA_DIR: dataDir } = process.env;
if (!apiKey) throw new Error("set MAILBOX_API_KEY to the key that callers must send");

const mailbox = await startMailbox({
  apiKey,
  port: Number(port ?? 4243),
  dataDir: dataDir ?? "data/mailbox",
});
const stop = () => void mailbox.close().finally(() => process.exit(0));
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
process.send?.({ ready: true, url: mailbox.url });
