"use client";

import { useEffect, useState } from "react";
import { whenIdle } from "@/components/shell/when-idle";

/** False until what was opened stands and the browser rests: what the shell tells beside it is asked for after that. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => whenIdle(() => setSettled(true)), []);
  return settled;
}
