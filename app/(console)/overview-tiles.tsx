import { CircleCheck, ClipboardCheck, FileSignature, Inbox, OctagonX } from "lucide-react";
import { Need } from "@/components/overview/need";
import { StatTile } from "@/components/ui/stat-tile";
import { Time } from "@/components/ui/time";
import { listActiveStops } from "@/lib/apps/server/list-stops";
import { listContracts } from "@/lib/autonomy/server/list-contracts";
import { auditProgress } from "@/lib/audits/server/audit-progress";
import { listAddress } from "@/lib/decisions/list";
import type { Figure } from "@/lib/evaluations/schema";
import { overview } from "@/lib/evaluations/server/overview";
import type { UserContext } from "@/lib/identity/server/user-context";
import { listTrainings } from "@/lib/learning/server/list-trainings";
import { countReviews, mostCounted } from "@/lib/reviews/server/count-reviews";
import { listReviews } from "@/lib/reviews/server/list-reviews";

type Props = { ctx: UserContext };

/** For a reviewer: how many wait, and how long the first of them still may. */
export async function OpenReviews({ ctx }: Props) {
  const [counts, { data }] = await Promise.all([
    countReviews(ctx),
    listReviews(ctx, { tab: "available", limit: 1 }),
  ]);
  const waiting = counts.unclaimed + counts.mine;
  const next = data[0];
  return (
    <Need
      icon={Inbox}
      figure={waiting === 0 ? "All clear." : atMost(waiting)}
      title={
        waiting === 0
          ? "Nothing waits for you"
          : waiting === 1
            ? "decision needs a person"
            : "decisions need a person"
      }
      detail={
        next ? (
          <>
            {next.overdue ? "The first was due " : "The first is due "}
            <Time at={next.due_at} />
            {counts.mine > 0 ? `; you hold ${counts.mine}` : null}
          </>
        ) : (
          "New ones arrive here by themselves."
        )
      }
      action={
        next
          ? { href: `/inbox/${next.id}`, label: "Start reviewing" }
          : { href: "/inbox?tab=resolved", label: "Browse resolved" }
      }
      urgent={waiting > 0}
    />
  );
}

function atMost(count: number): string {
  return count >= mostCounted ? `${mostCounted - 1}+` : String(count);
}

/** For an auditor: how many of the drawn sample still wait. */
export async function AuditsDue({ ctx }: Props) {
  const { open, claimed, overdue, done } = await auditProgress(ctx);
  const waiting = open + claimed;
  return (
    <Need
      icon={ClipboardCheck}
      figure={waiting === 0 ? "All judged." : waiting.toLocaleString("en")}
      title={waiting === 0 ? "No audit is due" : waiting === 1 ? "audit is due" : "audits are due"}
      detail={
        overdue > 0
          ? `${overdue} overdue; ${done} judged so far.`
          : `${done} judged so far. Each makes the error of what runs alone better known.`
      }
      action={{ href: "/audits", label: waiting > 0 ? "Start auditing" : "Browse audits" }}
      urgent={waiting > 0}
    />
  );
}

/** For an admin: what is switched off. */
export async function StoppedApps({ ctx }: Props) {
  const stops = await listActiveStops(ctx);
  const everything = stops.some(({ scope }) => scope === "global");
  const names = stops.map(({ name }) => name).filter((name) => name !== null);
  const noun = stops.every(({ scope }) => scope === "app") ? "app" : "part";
  return (
    <Need
      icon={stops.length > 0 ? OctagonX : CircleCheck}
      figure={stops.length === 0 ? "All running." : everything ? "Everything" : stops.length}
      title={
        stops.length === 0
          ? "No app is stopped"
          : everything
            ? "is stopped"
            : stops.length === 1
              ? `${noun} is stopped`
              : `${noun}s are stopped`
      }
      detail={
        stops.length === 0
          ? "Any reviewer may stop one; only an admin resumes it."
          : everything
            ? "Decisions still come in and go to people; nothing is carried out."
            : `${names.join(", ")}: decisions go to people, nothing is carried out.`
      }
      action={{ href: "/apps", label: "Open apps" }}
      urgent={stops.length > 0}
    />
  );
}

/** For an admin: what another admin proposed; nothing where nothing waits. */
export async function SignaturesWanted({ ctx }: Props) {
  return (
    <div className="grid gap-4 empty:hidden">
      <ContractsWanted ctx={ctx} />
      <ModelsWanted ctx={ctx} />
    </div>
  );
}

async function ModelsWanted({ ctx }: Props) {
  const { data, has_more } = await listTrainings(ctx, { limit: 20, status: "proposed" });
  const [first] = data;
  if (!first) return null;
  const other = data.find(({ own_proposal }) => !own_proposal);
  const next = other ?? first;
  return (
    <Need
      icon={FileSignature}
      figure={has_more ? `${data.length}+` : data.length}
      title={
        data.length === 1
          ? "trained model waits for a second admin"
          : "trained models wait for a second admin"
      }
      detail={
        other
          ? `Proposed by ${other.proposed_by}: read how it measured beside the one in force.`
          : "You proposed it: another admin signs."
      }
      action={{
        href: `/apps/${next.app_id}/learning?type=${encodeURIComponent(next.type)}`,
        label: other ? "Look and sign" : "Look at it",
      }}
      urgent={other !== undefined}
    />
  );
}

async function ContractsWanted({ ctx }: Props) {
  const { data, has_more } = await listContracts(ctx, { limit: 20, archived: false, awaiting: true });
  const [first] = data;
  if (!first) return null;
  const others = data.filter(({ proposal }) => proposal?.proposed_by.id !== ctx.actor.id);
  const own = data.length - others.length;
  const next = others[0] ?? first;
  return (
    <Need
      icon={FileSignature}
      figure={has_more ? `${data.length}+` : data.length}
      title={data.length === 1 ? "contract waits for a second admin" : "contracts wait for a second admin"}
      detail={
        others.length === 0
          ? "You proposed it: another admin signs."
          : `${next.app.name}: ${next.type.name}.${own > 0 ? ` ${own} of them you proposed yourself.` : ""}`
      }
      action={{
        href: `/apps/${next.app.id}/contracts/${next.id}`,
        label: others.length === 0 ? "Look at it" : "Look and sign",
      }}
      urgent={others.length > 0}
    />
  );
}

/** How much runs alone, how often that is wrong, and how often people see it differently; the last 30 days. */
export async function AutomationFigures({ ctx }: Props) {
  const { automation, errors, override } = await overview(ctx, {});
  const acted = errors.find(({ route }) => route === "execute");
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <FigureTile question="How much runs alone?" figure={automation} />
      {acted ? <FigureTile question="How often does automation err?" figure={acted.audited} /> : null}
      <FigureTile
        question="How often do people overrule?"
        figure={override}
        className="sm:max-lg:col-span-2"
      />
    </div>
  );
}

type FigureTileProps = { question: string; figure: Figure; className?: string };

function FigureTile({ question, figure, className }: FigureTileProps) {
  const { value, lower, upper, n, needed, population, rows } = figure;
  return (
    <StatTile
      question={question}
      value={value === null ? "Not enough yet" : percent(value)}
      interval={
        lower !== null && upper !== null
          ? `95 % interval ${percent(lower)} – ${percent(upper)}`
          : needed !== null && needed > 1
            ? `a figure needs ${Math.ceil(needed)} judged`
            : undefined
      }
      n={n}
      population={`${population}; last 30 days.`}
      href={listAddress(rows)}
      className={className}
    />
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
