"use client";

import { useEffect } from "react";

/** Browsers show a title later still. */
const restMs = 300;

const isCut = (element: HTMLElement) => {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  if (textOverflow === "ellipsis") return element.scrollWidth > element.clientWidth;
  return webkitLineClamp !== "none" && element.scrollHeight > element.clientHeight;
};

/** What a pointer is on and may be cut: itself, what it stands in, or what a link or button holds. */
function candidates(target: HTMLElement): HTMLElement[] {
  const inside = target.closest<HTMLElement>("a, button")?.querySelectorAll<HTMLElement>("*") ?? [];
  const around = [target, target.parentElement, target.parentElement?.parentElement];
  return [...around.filter((element) => element instanceof HTMLElement), ...inside];
}

function nameCutText(target: HTMLElement): void {
  if (target.title !== "" && target.dataset["cut"] === undefined) return;
  const cut = candidates(target).find(isCut);
  if (cut) {
    target.title = cut.textContent.trim();
    target.dataset["cut"] = "";
  } else if (target.dataset["cut"] !== undefined) {
    target.removeAttribute("title");
    delete target.dataset["cut"];
  }
}

/**
 * Text that its column cuts off is told whole to the pointer that rests on it, wherever it stands. Only to one that
 * rests: what streams in under a pointer is still to be taken over as the server wrote it, without a title.
 */
export function useTitlesOfCutText(): void {
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    function onOver({ target }: PointerEvent) {
      clearTimeout(resting);
      if (target instanceof HTMLElement) resting = setTimeout(() => nameCutText(target), restMs);
    }
    document.addEventListener("pointerover", onOver, { passive: true });
    return () => {
      clearTimeout(resting);
      document.removeEventListener("pointerover", onOver);
    };
  }, []);
}
