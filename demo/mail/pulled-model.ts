import type { LanguageModelV4 } from "@ai-sdk/provider";
import { loadClassifier } from "@/lib/models/local-classifier";
import { localModel } from "@/lib/models/server/local-provider";
import type { Api } from "../api";

type Artifact = { sha256: string; model: string; content: string | null };

/** How long a fetched model is used before it is asked whether another one is in force. */
const freshMs = 3000;

/**
 * The model that is in force for mail-guard, fetched over the API as any app would: a new one that was signed there is
 * used here within seconds, and its decisions name it.
 */
export class PulledModel {
  private held: { model: LanguageModelV4; sha256: string; at: number } | undefined;
  /** One question for all who ask at once. */
  private asking: Promise<LanguageModelV4> | undefined;

  constructor(private readonly api: Api) {}

  current(): Promise<LanguageModelV4> {
    if (this.held && Date.now() - this.held.at < freshMs) return Promise.resolve(this.held.model);
    this.asking ??= this.pull().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async pull(): Promise<LanguageModelV4> {
    const known = this.held ? `&known=${this.held.sha256}` : "";
    const artifact = await this.api.get<Artifact>(
      `/api/v1/model_artifacts/active?type=message.quarantine${known}`,
    );
    const model =
      artifact.content === null && this.held
        ? this.held.model
        : localModel(loadClassifier(artifact.content ?? ""), artifact.model);
    this.held = { model, sha256: artifact.sha256, at: Date.now() };
    return model;
  }
}
