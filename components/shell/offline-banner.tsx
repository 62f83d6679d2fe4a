"use client";

import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says that the browser has no connection, for as long as it has none: what is seen may be old, and nothing is sent yet. */
export function OfflineBanner() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status">
      {online ? null : (
        <p className="flex min-h-10 items-center gap-2 border-b border-review bg-review-soft px-4 py-2 text-sm text-review-text md:px-6">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <span>
            <strong className="font-semibold">You are offline.</strong> What is on the screen may be old. A
            plain verdict is kept on this device until the connection is back; nothing else you do is saved.
          </span>
        </p>
      )}
    </div>
  );
}
