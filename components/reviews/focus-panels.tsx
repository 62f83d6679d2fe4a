"use client";

import dynamic from "next/dynamic";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { whenIdle } from "@/components/shell/when-idle";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { JsonObject } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { AgainstPrecedents } from "./against-precedents";
import type { Viewer } from "./answers";
import { EvidencePanel } from "./evidence-panel";
import { ProposalPanel } from "./proposal-panel";
import { WhyPanel } from "./why-panel";

// Few reviews are appeals: it is fetched with the first.
const loadEditForm = () => import("./edit-form");
const EditForm = dynamic(() => loadEditForm().then((module) => module.EditForm));
const AppealPanel = dynamic(() => import("./appeal-panel").then((module) => module.AppealPanel));

const parts = ["Proposal", "Evidence", "Why"] as const;
type Part = (typeof parts)[number];

type Props = {
  review: ReviewView;
  viewer: Viewer;
  raw: boolean;
  onRaw: () => void;
  edited: JsonObject | null;
  /** Given while the person edits. */
  edit: Omit<ComponentProps<typeof EditForm>, "review"> | undefined;
};

/** Three zones side by side; two columns on a tablet; one at a time on a phone. */
export function FocusPanels({ review, viewer, raw, onRaw, edited, edit }: Props) {
  const [part, setPart] = useState<Part>("Proposal");
  // Fetched once the page stands: there when somebody edits, and none of what is loaded first.
  useEffect(() => whenIdle(() => void loadEditForm()), []);
  return (
    <div className="flex min-h-0 grow flex-col">
      <nav aria-label="Parts of the review" className="flex gap-1 border-b bg-surface px-4 md:hidden">
        {parts.map((name) => (
          <Button
            key={name}
            variant="ghost"
            aria-pressed={part === name}
            className="h-12 grow rounded-none border-0 border-b-2 border-transparent aria-pressed:border-primary aria-pressed:text-foreground"
            onClick={() => setPart(name)}
          >
            {name}
          </Button>
        ))}
      </nav>
      <div className="grid min-h-0 grow md:grid-cols-2 xl:grid-cols-[30fr_45fr_25fr] xl:grid-rows-1">
        <Zone name="Evidence" shown={part} className="md:row-span-2 md:border-e xl:row-span-1">
          <EvidencePanel review={review} raw={raw} onRaw={onRaw} />
        </Zone>
        <Zone name="Proposal" shown={part} className="max-md:-order-1">
          {review.kind === "appeal" ? <AppealPanel review={review} viewer={viewer} /> : null}
          {edit ? (
            <div className="mb-5">
              <AgainstPrecedents review={review} verdict="edit" />
              <EditForm review={review} {...edit} />
            </div>
          ) : null}
          <ProposalPanel review={review} viewer={viewer} edited={edited} />
        </Zone>
        <Zone
          name="Why"
          shown={part}
          // The tray of exports stands over its end.
          className="pb-[calc(1rem+var(--tray-height,0px))] md:border-t md:pb-[calc(2.5rem+var(--tray-height,0px))] xl:border-s xl:border-t-0"
        >
          <WhyPanel review={review} />
        </Zone>
      </div>
    </div>
  );
}

function Zone({
  name,
  shown,
  className,
  children,
}: {
  name: Part;
  shown: Part;
  className: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={name}
      // It scrolls by itself on wide screens: the keyboard must reach it.
      tabIndex={0}
      className={cn(
        "relative min-w-0 p-4 focus-visible:-outline-offset-2 md:p-6 xl:min-h-0 xl:overflow-y-auto",
        shown !== name && "max-md:hidden",
        className,
      )}
    >
      {children}
    </section>
  );
}
