"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Select } from "@/components/ui/select";

type Option = { href: string; label: string; current: boolean };

/** A choice of pages that needs no row of its own; each has its own address. */
export function LinkSelect({ label, options }: { label: string; options: readonly Option[] }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Select
      aria-label={label}
      aria-busy={pending}
      className="w-auto max-w-full"
      value={options.find(({ current }) => current)?.href ?? ""}
      onChange={(event) => startTransition(() => router.push(event.target.value))}
    >
      {options.map(({ href, label: name }) => (
        <option key={href} value={href}>
          {name}
        </option>
      ))}
    </Select>
  );
}
