"use client";

import { Sigma } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";

// Read by few, and only when asked for.
const Formulas = dynamic(() => import("./formulas").then((module) => module.Formulas), {
  loading: () => null,
});

/** Every figure's formula and where it comes from. */
export function HowComputed() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" size="sm" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Sigma aria-hidden /> How is this computed?
      </Button>
      {open ? <Formulas onClose={() => setOpen(false)} /> : null}
    </>
  );
}
