"use client";

import { useEffect } from "react";

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

function nameCutText({ target }: PointerEvent): void {
  if (!(target instanceof HTMLElement)) return;
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

/** Text that its column cuts off is told whole to the pointer that rests on it, wherever it stands. */
export function useTitlesOfCutText(): void {
  useEffect(() => {
    document.addEventListener("pointerover", nameCutText, { passive: true });
    return () => document.removeEventListener("pointerover", nameCutText);
  }, []);
}
