// Zod would otherwise try out whether text may become code: refused below, and each time said in the console.
((globalThis as { __zod_globalConfig?: { jitless?: boolean } }).__zod_globalConfig ??= {}).jitless = true;

// The page's default Trusted Types policy. It runs before hydration on every page, error pages too.
type Rule = (text: string) => string;
type TrustedTypes = {
  createPolicy: (name: string, rules: { createScriptURL: Rule; createHTML: Rule }) => unknown;
};

/**
 * The bundler sets script.src from a plain string: only our own built files may be loaded so. The string is handed
 * back as it came, since the bundler finds its chunks by it.
 */
function ownScript(url: string): string {
  const { origin, pathname } = new URL(url, location.href);
  if (origin === location.origin && pathname.startsWith("/_next/static/")) return url;
  throw new TypeError(`Refused to load a script from ${origin}${pathname}`);
}

/**
 * React makes script elements, which then never run, from this one literal when it draws a whole page after a server
 * error; text without a tag can make no element at all. All other markup is refused.
 */
function harmlessMarkup(markup: string): string {
  if (markup === "<script></script>" || !markup.includes("<")) return markup;
  throw new TypeError("Refused markup from a string");
}

// No createScript: text never becomes a script. Not in TypeScript's DOM library yet, and not in every browser.
(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("default", {
  createScriptURL: ownScript,
  createHTML: harmlessMarkup,
});
