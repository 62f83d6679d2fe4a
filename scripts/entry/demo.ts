// The demo's two apps: they submit over the public API like any other, at the pace set on the overview page.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { apiClient } from "@/demo/api";
import { readInvoices } from "@/demo/invoices";
import { loadMessages } from "@/demo/mail/messages";
import { PulledModel } from "@/demo/mail/pulled-model";
import { MailGuard } from "@/demo/mail-guard";
import { RefundDesk } from "@/demo/refund-desk";
import { chooseModel } from "@/lib/models/server/choose-model";

type DemoFile = { apiKeys: { app: string; key: string }[] };

const dataDir = process.env.COUNTERSIGN_DATA_DIR ?? "data";
const base = process.env.COUNTERSIGN_INTERNAL_URL ?? `http://127.0.0.1:${process.env.PORT ?? "3000"}`;
const billingUrl = process.env.BILLING_URL ?? "";
const billingKey = process.env.BILLING_API_KEY ?? "";

process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
process.on("SIGINT", () => process.exit(0));

const file = JSON.parse(readFileSync(path.join(dataDir, "demo.json"), "utf8")) as DemoFile;
const keyOf = (app: string): string => {
  const key = file.apiKeys.find((one) => one.app === app)?.key;
  if (!key) throw new Error(`demo.json holds no key for ${app}: delete the data folder and start again`);
  return key;
};

const mailApi = apiClient(base, keyOf("mail-guard"));
const { stream } = await loadMessages();
const pulled = new PulledModel(mailApi);
const chosen = chooseModel(modelEnvironment());
const mailGuard = new MailGuard(mailApi, () => (chosen ? Promise.resolve(chosen) : pulled.current()), stream);
const refundDesk = new RefundDesk(
  apiClient(base, keyOf("refund-desk")),
  await readInvoices(billingUrl, billingKey),
);
process.send?.({ ready: true });

await persist(() => refundDesk.catchUp(Date.now()));
await persist(() => mailGuard.catchUp(Date.now()));

/** Messages between two refund requests. */
const mailsPerRefund = 6;
for (let turn = 0; ; turn++) {
  const { paused, per_minute: perMinute } = await persist(() =>
    mailApi.get<{ paused: boolean; per_minute: number }>("/api/v1/demo"),
  );
  const now = Date.now();
  await persist(() => mailGuard.sendOutcomes(now));
  await persist(() => refundDesk.sendOutcomes(now));
  if (paused || perMinute <= 0) {
    await sleep(1000);
    continue;
  }
  if (!mailGuard.exhausted) await persist(() => mailGuard.step(now));
  if (turn % mailsPerRefund === 0) await persist(() => refundDesk.step(now));
  await sleep(60_000 / perMinute);
}

/** Tries again while the server is away (it is being restarted); what it refuses ends the program. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const status = error instanceof Error && "status" in error ? Number(error.status) : -1;
      if (status !== 0 && status < 500) throw error;
      await sleep(1000);
    }
  }
}

function modelEnvironment() {
  const { COUNTERSIGN_MAIL_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL } = process.env;
  return { COUNTERSIGN_MAIL_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL };
}
