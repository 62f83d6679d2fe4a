import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

export type DocsLink = { href: string; label: string; current?: boolean; children?: DocsLink[] };

type Props = { links: DocsLink[]; children: ReactNode };

/** The documentation's frame: who we are, where things are, and the page. */
export function DocsFrame({ links, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control focus:bg-primary focus:px-3 focus:py-2 focus:text-primary-foreground"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 flex h-(--top-bar-height) items-center justify-between gap-4 border-b bg-surface px-4 md:px-6">
        <Link href="/" aria-label="Countersign, overview" className="inline-flex rounded-control">
          <Logo />
        </Link>
        <nav aria-label="Documentation" className="flex gap-4 text-sm">
          <Link href="/docs/api" className="inline-flex min-h-6 items-center hover:underline">
            API
          </Link>
          <Link href="/docs/errors" className="inline-flex min-h-6 items-center hover:underline">
            Errors
          </Link>
          <a
            href="/api/openapi.json"
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-6 items-center hover:underline"
          >
            OpenAPI
          </a>
        </nav>
      </header>
      <div className="mx-auto flex w-full max-w-7xl grow gap-10 px-4 md:px-6">
        <nav
          aria-label="Contents"
          // Focusable, so that a long list can be scrolled by keyboard.
          tabIndex={0}
          className="sticky top-(--top-bar-height) hidden h-[calc(100dvh-var(--top-bar-height))] w-56 shrink-0 overflow-y-auto py-6 lg:block"
        >
          <Links links={links} />
        </nav>
        <main id="main" className="flex min-w-0 grow flex-col gap-8 py-6">
          <details className="rounded-card border bg-card lg:hidden">
            <summary className="flex min-h-12 cursor-pointer items-center px-4 text-sm font-semibold">
              Contents
            </summary>
            <nav aria-label="Contents" className="border-t p-3">
              <Links links={links} />
            </nav>
          </details>
          {children}
        </main>
      </div>
    </div>
  );
}

function Links({ links }: { links: DocsLink[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {links.map(({ href, label, current, children }) => (
        <li key={href}>
          <Link
            href={href}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className="flex min-h-7 items-center rounded-control px-2 text-sm text-muted-foreground hover:bg-surface-3 hover:text-foreground aria-[current=page]:bg-surface-3 aria-[current=page]:font-semibold aria-[current=page]:text-foreground pointer-coarse:min-h-12"
          >
            {label}
          </Link>
          {children ? (
            <div className="ms-2 border-s ps-1">
              <Links links={children} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
