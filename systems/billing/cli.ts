import { startBilling, type BillingOptions } from "./main";

/** The options of BILLING_* variables. */
function optionsFrom(env: NodeJS.ProcessEnv): BillingOptions {
  const apiKey = env.BILLING_API_KEY;
  if (!apiKey) throw new Error("set BILLING_API_KEY to the key that callers must send");
  const seed = wholeNumber("BILLING_SEED_INVOICES", env.BILLING_SEED_INVOICES);
  return {
    apiKey,
    port: wholeNumber("BILLING_PORT", env.BILLING_PORT) ?? 4242,
    dataDir: env.BILLING_DATA_DIR || "data/billing",
    seed,
    dynamo: dynamoFrom(env),
    mailFile: env.BILLING_MAIL_FILE || undefined,
    smtpUrl: env.BILLING_SMTP_URL || undefined,
    analyticsFile: env.BILLING_ANALYTICS_FILE || undefined,
    allowedHosts: env.BILLING_ALLOWED_HOSTS?.split(",").map((host) => host.trim()),
  };
}

// AWS_REGION alone is set on many machines for other reasons: writing to AWS must be asked for by name.
function dynamoFrom(env: NodeJS.ProcessEnv): BillingOptions["dynamo"] {
  const endpoint = env.BILLING_DYNAMODB_ENDPOINT;
  if (!endpoint) return undefined;
  const tableName = env.BILLING_DYNAMODB_TABLE || undefined;
  return {
    endpoint: endpoint === "aws" ? undefined : endpoint,
    region: env.AWS_REGION || undefined,
    tableName,
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}

async function run(): Promise<void> {
  let orphaned = false;
  process.once("disconnect", () => (orphaned = true));
  const billing = await startBilling(optionsFrom(process.env));
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= billing.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
  if (orphaned) return stop();
  process.send?.({ ready: true, url: billing.url });
  if (!process.send) process.stdout.write(`Billing is at ${billing.url}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`billing: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

run().catch(fail);
