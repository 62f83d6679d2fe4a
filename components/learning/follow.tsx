"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 1500;

/** Reads the page again every so often, for as long as it is shown: a worker is at what it tells of. */
export function Follow() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
