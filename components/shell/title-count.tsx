"use client";

import { useEffect } from "react";
import { countedTitle, ownTitle } from "./counted-title";

/** How much waits, in the tab's title: seen from another tab. One number only: two would write over each other. */
export function TitleCount({ waiting, most }: { waiting: number; most: number }) {
  useEffect(() => {
    const write = () => {
      const title = countedTitle(document.title, { waiting, most });
      if (document.title !== title) document.title = title;
    };
    write();
    // Each page writes its own title after the navigation.
    const watcher = new MutationObserver(write);
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      watcher.disconnect();
      document.title = ownTitle(document.title);
    };
  }, [waiting, most]);
  return null;
}
