import { Badge, type Tone } from "@/components/ui/badge";
import { JsonView } from "@/components/ui/json-view";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { CertificationView, CheckResult } from "@/lib/execution/certification";
import { checkWords } from "@/lib/execution/certification-words";

const tones: Record<CheckResult["outcome"], Tone> = {
  waiting: "accent",
  passed: "approved",
  failed: "declined",
  skipped: "idle",
};
const words: Record<CheckResult["outcome"], string> = {
  waiting: "Waiting",
  passed: "Proved",
  failed: "Failed",
  skipped: "Not asked",
};

/** What one run asked, and what it saw; the request and the answer behind each fold open. */
export function CertificationChecks({ run, system }: { run: CertificationView; system: string }) {
  return (
    <ul className="flex flex-col divide-y border-y" aria-live="polite">
      {run.checks.map((result) => (
        <li key={result.check} className="flex flex-col gap-1 py-2 text-sm">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-60">{checkWords[result.check]}</span>
            <Badge tone={tones[result.outcome]} look="outline">
              {words[result.outcome]}
            </Badge>
          </div>
          {result.sentence ? (
            <p className="text-muted-foreground">
              <UntrustedInline text={result.sentence} />
            </p>
          ) : null}
          {result.request === null ? null : <Exchange result={result} system={system} />}
        </li>
      ))}
    </ul>
  );
}

function Exchange({ result, system }: { result: CheckResult; system: string }) {
  return (
    <details>
      <summary className="cursor-pointer text-xs text-muted-foreground pointer-coarse:py-3">
        Request and answer
      </summary>
      <div className="mt-2 grid gap-3 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-xs text-muted-foreground">We sent</p>
          <JsonView value={result.request} />
        </div>
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-xs text-muted-foreground">
            {system} answered{result.response_status === null ? " nothing" : ` ${result.response_status}`}
          </p>
          {result.response_body === null ? null : (
            <UntrustedText text={result.response_body} mono cap={1000} />
          )}
        </div>
      </div>
    </details>
  );
}
