// The bundler sets script.src from a plain string. Only our own built files may be loaded so; markup and script text
// get no policy and stay blocked. The string is handed back as it came: the bundler finds its chunks by it.
const policy = `window.trustedTypes?.createPolicy("default",{createScriptURL(u){const l=new URL(u,location.href);if(l.origin===location.origin&&l.pathname.startsWith("/_next/static/"))return u;throw new TypeError("Refused script "+l.href)}})`;

/** The page's default Trusted Types policy; it stands before any script that loads another. */
export function TrustedTypes({ nonce }: { nonce?: string }) {
  // The browser hides a nonce from scripts, so hydration would see a difference.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: policy }} />;
}
