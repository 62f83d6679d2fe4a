import { NoPermission } from "@/components/identity/no-permission";
import { HistoryTable } from "@/components/learning/history-table";
import { LoopSteps } from "@/components/learning/loop-steps";
import { LearningTabs } from "@/components/learning/learning-tabs";
import { NoTypes } from "@/components/learning/no-types";
import { RoundCard } from "@/components/learning/round-card";
import { StartTrainingForm } from "@/components/learning/start-training-form";
import { VersionsTable } from "@/components/learning/versions-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { isDemo } from "@/lib/identity/server/environment";
import { userContext } from "@/lib/identity/server/user-context";
import { countLabels } from "@/lib/learning/server/count-labels";
import { listSigners } from "@/lib/learning/server/list-signers";
import { listArtifacts, listTrainings } from "@/lib/learning/server/list-trainings";
import { isUnderWay } from "@/lib/learning/words";
import type { Context } from "@/lib/server/context";
import {
  declineTrainingAction,
  proposeTrainingAction,
  restoreArtifactAction,
  signTrainingAction,
  startShadowAction,
  startTrainingAction,
} from "./actions";
import { learningOf, type LearningSearch } from "./learning-of";
import { titledOfApp } from "../titled-of-app";

export const generateMetadata = titledOfApp("Learning");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<LearningSearch> };

export default async function LearningPage({ params, searchParams }: Props) {
  const [ctx, { id }, search] = [await userContext(), await params, await searchParams];
  if (!roleMay(ctx.actor.role, "learning.read"))
    return <NoPermission what="Learning" roles={matrix["learning.read"].roles} />;
  const { app, types, type } = await learningOf(ctx, id, search);
  return (
    <Page>
      <PageHeader
        back={{ href: `/apps/${app.id}`, label: app.name }}
        title="Learning"
        description="What people said of this app's decisions, turned into a better model: trained, measured, tried in shadow, proposed by one admin and signed by another."
      />
      <LearningTabs appId={app.id} types={types} type={type?.key} current="training" />
      {type ? (
        <Training
          ctx={ctx}
          mayTrain={roleMay(ctx.actor.role, "learning.train")}
          app={app.id}
          appKey={app.key}
          type={type.key}
          after={search.after}
        />
      ) : (
        <NoTypes />
      )}
    </Page>
  );
}

const historyRows = 10;

type Place = {
  ctx: Context;
  mayTrain: boolean;
  app: string;
  appKey: string;
  type: string;
  after?: string | string[] | undefined;
};

async function Training({ ctx, mayTrain, app, appKey, type, after }: Place) {
  const counts = await countLabels(ctx, { app, type });
  const starting_after = typeof after === "string" ? after : undefined;
  const newest = await listTrainings(ctx, { app, type, limit: historyRows });
  const history = starting_after
    ? await listTrainings(ctx, { app, type, limit: historyRows, starting_after })
    : newest;
  const artifacts = await listArtifacts(ctx, { app, type, limit: 50 });
  const [current] = newest.data;
  const signers = await listSigners(ctx);
  const artifact = artifacts.data.find(({ id }) => id === current?.artifact?.id);
  const steps = mayTrain
    ? {
        shadow: startShadowAction,
        propose: proposeTrainingAction,
        sign: signTrainingAction,
        decline: declineTrainingAction,
      }
    : undefined;
  return (
    <>
      <LoopSteps
        labels={counts.reduce((sum, { all }) => sum + all, 0)}
        training={current}
        artifact={artifact}
        mayTrain={mayTrain}
        signers={signers}
      />
      <Card aria-labelledby="labels-title">
        <CardHeader id="labels-title" title="Labels" />
        <CardBody>
          <StartTrainingForm
            app={app}
            appKey={appKey}
            type={type}
            counts={counts}
            isUnderWay={current !== undefined && isUnderWay(current)}
            hasCandidate={current?.status === "evaluated" || current?.status === "proposed"}
            start={mayTrain ? startTrainingAction : undefined}
          />
        </CardBody>
      </Card>
      {current ? (
        <RoundCard
          appKey={appKey}
          training={current}
          artifact={artifact}
          steps={steps}
          signers={signers}
          isDemo={isDemo()}
        />
      ) : null}
      <section aria-labelledby="versions-title" className="flex flex-col gap-3">
        <h2 id="versions-title" className="text-md font-semibold">
          Versions
        </h2>
        <VersionsTable artifacts={artifacts.data} restore={mayTrain ? restoreArtifactAction : undefined} />
      </section>
      <section aria-labelledby="history-title" className="flex flex-col gap-3">
        <h2 id="history-title" className="text-md font-semibold">
          History
        </h2>
        <HistoryTable trainings={history.data} />
        {history.has_more ? (
          <ButtonLink
            href={`/apps/${app}/learning?type=${encodeURIComponent(type)}&after=${history.data.at(-1)?.id}`}
          >
            Older rounds
          </ButtonLink>
        ) : null}
      </section>
    </>
  );
}
