"use client";

import { useEffect } from "react";

const mark = /^Needs review \(\d+\+?\) · /;

/** How much waits, in the tab's title: seen from another tab. One number only: two would write over each other. */
export function TitleCount({ waiting, most }: { waiting: number; most: number }) {
  useEffect(() => {
    const prefix = `Needs review (${waiting > most ? `${most}+` : waiting}) · `;
    const write = () => {
      const title = prefix + document.title.replace(mark, "");
      if (document.title !== title) document.title = title;
    };
    write();
    // Each page writes its own title after the navigation.
    const watcher = new MutationObserver(write);
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      watcher.disconnect();
      document.title = document.title.replace(mark, "");
    };
  }, [waiting, most]);
  return null;
}
