"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import { type ReactNode, useEffect } from "react";

declare global {
  var __webpack_nonce__: string | undefined;
}

/** Sets the theme's class before paint. `nonce` is the request's, from the proxy. */
export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // Radix dialogs lock the page's scroll with a style element; their helper reads the nonce from this global. The
  // first one is the document's: whatever is read later comes with the nonce of its own request.
  useEffect(() => {
    globalThis.__webpack_nonce__ ??= nonce;
  }, [nonce]);
  return (
    <NextThemes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  );
}
