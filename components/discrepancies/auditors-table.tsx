"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { AuditorView } from "@/lib/discrepancies/schema";
import type { AuditorMode } from "@/lib/discrepancies/vocabulary";
import type { ModelChoice, SetAuditorAction } from "./actions";
import { AuditorForm } from "./auditor-form";

type Props = {
  auditors: AuditorView[];
  models: ModelChoice[];
  /** Left out: this person only looks. */
  set?: SetAuditorAction | undefined;
};

const modeWords: Record<AuditorMode, string> = {
  rules: "Rules, no model",
  model: "A model",
  off: "Nobody",
};

/** Who proposes causes for each app. */
export function AuditorsTable({ auditors, models, set }: Props) {
  const [editing, setEditing] = useState<AuditorView>();
  if (auditors.length === 0) {
    return <EmptyState title="No apps yet">Each app has its own LLM auditor once it is there.</EmptyState>;
  }
  return (
    <>
      <Table caption="Who proposes causes, app by app">
        <TableHead>
          <TableRow>
            <TableHeading>App</TableHeading>
            <TableHeading>Causes are proposed by</TableHeading>
            {set ? (
              <TableHeading>
                <span className="sr-only">Change</span>
              </TableHeading>
            ) : null}
          </TableRow>
        </TableHead>
        <tbody>
          {auditors.map((auditor) => (
            <TableRow key={auditor.app.id}>
              <TableCell>{auditor.app.name}</TableCell>
              <TableCell>
                {auditor.mode === "model"
                  ? (models.find(({ id }) => id === auditor.model_id)?.name ?? modeWords.model)
                  : modeWords[auditor.mode]}
              </TableCell>
              {set ? (
                <TableCell align="end">
                  <Button
                    size="sm"
                    aria-label={`Change for ${auditor.app.name}`}
                    onClick={() => setEditing(auditor)}
                  >
                    Change
                  </Button>
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </tbody>
      </Table>
      {set ? (
        <Dialog
          open={editing !== undefined}
          onOpenChange={(open) => (open ? undefined : setEditing(undefined))}
        >
          <DialogContent
            title={`LLM auditor of ${editing?.app.name ?? ""}`}
            description="It looks at each discrepancy and proposes a cause. It never confirms one."
          >
            {editing ? (
              <AuditorForm
                key={`${editing.app.id} ${editing.version}`}
                auditor={editing}
                models={models}
                set={set}
                onDone={() => setEditing(undefined)}
              />
            ) : null}
          </DialogContent>
        </Dialog>
      ) : null}
    </>
  );
}
