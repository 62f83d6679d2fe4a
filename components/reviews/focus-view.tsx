"use client";

import { useState } from "react";
import { ErrorCard } from "@/components/ui/error-card";
import { ApiProblem, type InboxFilter } from "@/lib/reviews/client";
import type { ReviewActions, Viewer } from "./answers";
import { FocusItem } from "./focus-item";
import { FocusSkeleton } from "./focus-skeleton";
import { useFocusWalk } from "./use-focus-walk";
import { useHold } from "./use-hold";
import { useVerdicts } from "./use-verdicts";

type Props = { initialId: string; filter: InboxFilter; viewer: Viewer; actions: ReviewActions };

/** One review after another: the evidence, the proposal, why; one key rules and shows the next. */
export function FocusView({ initialId, filter, viewer, actions }: Props) {
  const walk = useFocusWalk(initialId, filter, viewer.id);
  const { claim, extend } = useHold(walk.review, viewer);
  const verdicts = useVerdicts({ actions, me: viewer.id, onReturn: walk.go });
  const [raw, setRaw] = useState(false);
  const { review } = walk;
  if (!review && walk.error) {
    const requestId = walk.error instanceof ApiProblem ? walk.error.requestId : undefined;
    return (
      <div className="p-4 md:p-6">
        <ErrorCard
          message={walk.error.message}
          requestId={requestId}
          onRetry={() => window.location.reload()}
        />
      </div>
    );
  }
  if (!review) return <FocusSkeleton />;
  return (
    <FocusItem
      key={review.id}
      review={review}
      viewer={viewer}
      walk={walk}
      verdicts={verdicts}
      actions={actions}
      onClaim={() => void claim()}
      onExtend={() => void extend()}
      raw={raw}
      onRaw={() => setRaw((was) => !was)}
    />
  );
}
