import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ArtifactView } from "@/lib/learning/trainings";
import { type Step, StepButton } from "./step-button";

type Props = { artifacts: ArtifactView[]; restore: Step | undefined };

const words = {
  candidate: "Candidate",
  shadow: "In shadow",
  active: "In force",
  retired: "Retired",
} as const;

/** Every model trained here, newest first, with the way back to one that was in force. */
export function VersionsTable({ artifacts, restore }: Props) {
  if (artifacts.length === 0)
    return (
      <Card>
        <EmptyState title="No model was trained here yet">
          Train one on the labels people gave. It is measured against what the app proposed itself.
        </EmptyState>
      </Card>
    );
  return (
    <Table caption="Every model trained here">
      <TableHead>
        <TableRow>
          <TableHeading>Version</TableHeading>
          <TableHeading>Stands</TableHeading>
          <TableHeading align="end">Labels learned from</TableHeading>
          <TableHeading>Made</TableHeading>
          <TableHeading>
            <span className="sr-only">Actions</span>
          </TableHeading>
        </TableRow>
      </TableHead>
      <tbody>
        {artifacts.map((artifact) => (
          <TableRow key={artifact.id}>
            <TableCell>{artifact.model}</TableCell>
            <TableCell>
              <Badge tone={artifact.status === "active" ? "approved" : "neutral"}>
                {words[artifact.status]}
              </Badge>
            </TableCell>
            <TableCell align="end">
              {artifact.learned_from === 0 ? "None: as it came" : artifact.learned_from.toLocaleString("en")}
            </TableCell>
            <TableCell>
              <Time at={artifact.created_at} />
            </TableCell>
            <TableCell>
              {restore && artifact.status === "retired" && artifact.activated_at ? (
                <StepButton
                  id={artifact.id}
                  label="Go back to it"
                  question={`Go back to version ${artifact.version}?`}
                  consequence="It is in force at once, and the one in force now retires. Contracts begin a new period."
                  variant="ghost"
                  send={restore}
                />
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
