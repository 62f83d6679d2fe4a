"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { useTitlesOfCutText } from "@/components/shell/cut-text";
import { KeymapProvider, type SaveKeymapAction } from "@/components/shell/keymap";
import { usePreference } from "@/components/shell/preferences";
import { ShortcutsProvider } from "@/components/shell/shortcuts";
import { ToastProvider } from "@/components/ui/toast";
import type { Keymap } from "@/lib/identity/key-map";

function useDensityAttribute(): void {
  const [density] = usePreference("density");
  useEffect(() => {
    document.documentElement.dataset["density"] = density;
  }, [density]);
}

type Props = { keymap: Keymap; saveKeymap: SaveKeymapAction; children: ReactNode };

/** What pages inside the shell may count on: queries, URL state, toasts, shortcuts. */
export function ShellProviders({ keymap, saveKeymap, children }: Props) {
  useDensityAttribute();
  useTitlesOfCutText();
  // Server-rendered data is fresh on arrival: without a stale time the browser would fetch it all again.
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: 1 } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <KeymapProvider initial={keymap} save={saveKeymap}>
          <ShortcutsProvider>
            <ToastProvider>{children}</ToastProvider>
          </ShortcutsProvider>
        </KeymapProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
