import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { borderlineSentence } from "@/lib/audits/loss";
import type { AuditProgress } from "@/lib/audits/schema";

/** How far the audits are, and who judged how many. */
export function ProgressPanel({ progress }: { progress: AuditProgress }) {
  const { auditors } = progress;
  return (
    <Card aria-labelledby="audit-progress">
      <CardHeader
        id="audit-progress"
        title="Progress"
        description={`${sentence(progress)} ${borderlineSentence}`}
      />
      <CardBody>
        {auditors.length === 0 ? (
          <p className="text-sm text-muted-foreground">Nobody has judged an audit yet.</p>
        ) : (
          <Table caption="Audits judged, by auditor">
            <TableHead>
              <tr>
                <TableHeading>Auditor</TableHeading>
                <TableHeading align="end">Today (UTC)</TableHeading>
                <TableHeading align="end">7 days</TableHeading>
                <TableHeading align="end">Ever</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {auditors.map((auditor) => (
                <TableRow key={auditor.id}>
                  <TableCell>{auditor.name}</TableCell>
                  <TableCell align="end">{auditor.today}</TableCell>
                  <TableCell align="end">{auditor.week}</TableCell>
                  <TableCell align="end">{auditor.done}</TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

function sentence({ open, claimed, done, overdue, waiting, disputed }: AuditProgress): string {
  const parts = [
    `${(open + claimed).toLocaleString("en")} to judge (${claimed} held, ${overdue} overdue)`,
    ...(waiting > 0 ? [`${waiting} judged by you that wait for others`] : []),
    ...(disputed > 0 ? [`${disputed} disputed`] : []),
    `${done.toLocaleString("en")} done`,
  ];
  return `${parts.join(", ")}.`;
}
