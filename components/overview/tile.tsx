"use client";

import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode, Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";

type Props = { name: string; className?: string; children: ReactNode };

/** A part of the overview that loads by itself and fails by itself. */
export function Tile({ name, className, children }: Props) {
  return (
    <Boundary name={name}>
      <Suspense fallback={<Loading name={name} className={className} />}>{children}</Suspense>
    </Boundary>
  );
}

function Loading({ name, className = "h-32" }: { name: string; className?: string }) {
  return (
    <div role="status">
      <span className="sr-only">Loading {name}</span>
      <Skeleton className={`rounded-card ${className}`} />
    </div>
  );
}

class Boundary extends Component<{ name: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <p className="flex items-center gap-2 rounded-card border bg-card p-4 text-sm text-muted-foreground">
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-declined-text" />
        {this.props.name} could not be read. Reload the page to try again.
      </p>
    );
  }
}
