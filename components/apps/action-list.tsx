"use client";

import { ChevronRight, Cable } from "lucide-react";
import { type ReactNode, useState } from "react";
import { actionLine, actionMarks } from "@/components/apps/action-draft";
import { ActionEditor, type ActionVerbs } from "@/components/apps/action-editor";
import { ToolPicker, type ListTools, type PickedTool } from "@/components/apps/tool-picker";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { ConnectorActionView, ConnectorView } from "@/lib/apps/views";

type Props = ActionVerbs & {
  connector: ConnectorView;
  listTools: ListTools;
  readOnly: boolean;
  /** Beside the title: what else can bring actions. */
  more?: ReactNode;
};

/** What a connector can be asked to do: each action folds open to its editor. */
export function ActionList({ connector, listTools, readOnly, more, ...verbs }: Props) {
  return (
    <Card aria-labelledby="actions-title">
      <CardHeader
        id="actions-title"
        title="Actions"
        description="What this system can be asked to do. Changing one raises the connector's version."
        actions={more}
      />
      <CardBody className="flex flex-col gap-2">
        {connector.actions.length === 0 ? (
          <EmptyState title="No actions yet" icon={Cable}>
            A decision type needs one of them to have anything carried out.
          </EmptyState>
        ) : null}
        {connector.actions.map((action) => (
          <Folded key={`${action.id}:${connector.version}`} summary={<ActionSummary action={action} />}>
            <div className="flex flex-col gap-4">
              {readOnly ? null : (
                <ButtonLink href={`/settings/types/new?action=${action.id}`} className="self-start">
                  Make a decision type of it
                </ButtonLink>
              )}
              <ActionEditor connector={connector} action={action} readOnly={readOnly} {...verbs} />
            </div>
          </Folded>
        ))}
        {readOnly ? null : (
          <Folded
            summary={<span className="font-semibold">Add an action</span>}
            isOpen={connector.actions.length === 0}
          >
            <NewAction key={connector.version} connector={connector} listTools={listTools} {...verbs} />
          </Folded>
        )}
      </CardBody>
    </Card>
  );
}

function NewAction({ connector, listTools, ...verbs }: ActionVerbs & Pick<Props, "connector" | "listTools">) {
  const [picked, setPicked] = useState<PickedTool>();
  return (
    <div className="flex flex-col gap-4">
      {connector.kind === "mcp" ? (
        <ToolPicker connectorId={connector.id} listTools={listTools} onPick={setPicked} />
      ) : null}
      <ActionEditor key={picked?.key} connector={connector} preset={picked} {...verbs} />
    </div>
  );
}

function ActionSummary({ action }: { action: ConnectorActionView }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-semibold">{action.name}</span>
      <span className="min-w-0 font-mono text-xs break-all text-muted-foreground">
        {actionLine(action.config)}
      </span>
      {actionMarks(action.config).map((mark) => (
        <Badge key={mark} tone="neutral">
          {mark}
        </Badge>
      ))}
    </span>
  );
}

function Folded({
  summary,
  isOpen,
  children,
}: {
  summary: ReactNode;
  isOpen?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={isOpen} className="group rounded-control border">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-2 rounded-control px-3 py-2 text-sm hover:bg-surface-2 pointer-coarse:min-h-12 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-subtle-foreground transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      <div className="border-t px-3 py-4">{children}</div>
    </details>
  );
}
