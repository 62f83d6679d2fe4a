/** What kind of answer the headers are for: a page, an API answer, next-auth's own routes, a static file, a picture of ours, or a file that other sites load. */
export type AnswerKind = "page" | "api" | "auth" | "asset" | "picture" | "embed";

/** The kind of answer a path gives. */
export function answerKind(path: string): AnswerKind {
  if (path.startsWith("/api/auth/")) return "auth";
  if (path === "/api" || path.startsWith("/api/")) return "api";
  if (path === "/feedback.js") return "embed";
  if (path === "/favicon.svg" || path === "/logo.svg") return "picture";
  return path.startsWith("/_next/static/") ? "asset" : "page";
}

type PolicyOptions = {
  nonce: string;
  /** `development` lets the dev server evaluate, inject styles and hold its socket. */
  mode: "production" | "development";
};

/**
 * The Content-Security-Policy of a page. No `strict-dynamic`: with it an inline script inserted through the DOM runs.
 * Style attributes are allowed because server-rendered sizes (charts, virtual rows) are attributes; elements need the nonce.
 */
export function pagePolicy({ nonce, mode }: PolicyOptions): string {
  const development = mode === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(development
      ? []
      : ["require-trusted-types-for 'script'", "trusted-types nextjs nextjs#bundler default"]),
  ].join("; ");
}

const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
// No sandbox: next-auth's sign-out and callback answers post forms.
const authPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const features = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "usb",
  "xr-spatial-tracking",
];

/** The headers every answer has, whatever it is. `https`: the person's connection is encrypted. */
export function commonHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": features.map((feature) => `${feature}=()`).join(", "),
    "X-Frame-Options": "DENY",
    ...(https ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/** All headers of one answer. Pages and answers are never kept by a cache; static files are the server's business. */
export function securityHeaders(
  kind: AnswerKind,
  options: PolicyOptions & { https: boolean },
): Record<string, string> {
  const common = commonHeaders(options);
  if (kind === "asset") return common;
  // A browser asks for a page's icon at each change of the address.
  if (kind === "picture") return { ...common, "Cache-Control": "public, max-age=86400" };
  if (kind === "embed") {
    // The one file that pages of others may load; they ask after it again, so that a mended one is soon everywhere.
    return {
      ...common,
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Content-Security-Policy": apiPolicy,
      "Cache-Control": "public, no-cache",
    };
  }
  const policy = { page: pagePolicy(options), api: apiPolicy, auth: authPolicy }[kind];
  return { ...common, "Content-Security-Policy": policy, "Cache-Control": "no-store" };
}
