"use client";

import dynamic from "next/dynamic";
import type { KeptProps } from "./kept-notice";
import { useKept } from "./kept-verdicts";

/** Whoever gives verdicts has it loaded before there is no connection to load it by. */
export const loadKeptNotice = () => import("./kept-notice");
const KeptNotice = dynamic(() => loadKeptNotice().then((module) => module.KeptNotice), {
  loading: () => null,
});

/** On every page, and empty on nearly all: what this person gave without a connection, and what became of it. */
export function KeptDoor(props: KeptProps) {
  const kept = useKept(props.me);
  // Always in the page, so that the first one is announced too.
  return <div role="status">{kept.length > 0 ? <KeptNotice {...props} /> : null}</div>;
}
