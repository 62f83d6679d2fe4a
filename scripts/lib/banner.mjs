import path from "node:path";
import { readJson } from "./files.mjs";

/** What a person needs to begin, once everything runs. */
export function banner({ url, dataDir, isDemo, seconds }) {
  const lines = [``, `  Countersign is running at ${url}   (started in ${seconds} s; Ctrl-C stops it)`];
  const demo = isDemo ? readJson(path.join(dataDir, "demo.json")) : undefined;
  if (demo) lines.push(...demoLines(demo, dataDir));
  return `${lines.join("\n")}\n\n`;
}

function demoLines({ users, billingUrl }, dataDir) {
  const width = Math.max(...users.map(({ email }) => email.length));
  return [
    ``,
    `  Sign in as`,
    ...users.map(({ role, email, password }) => `    ${role.padEnd(9)} ${email.padEnd(width)}   ${password}`),
    ``,
    ...(billingUrl ? [`  The demo's billing system: ${billingUrl}`] : []),
    `  Also in ${path.join(dataDir, "demo.json")}, with an API key for each demo app.`,
  ];
}
