import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { PromptVersionView } from "@/lib/prompts/endpoints";
import { lineDiff } from "@/lib/prompts/line-diff";

const signs = { same: " ", added: "+", removed: "−" } as const;
const looks = {
  same: "text-muted-foreground",
  added: "bg-approved-soft text-approved-text",
  removed: "bg-declined-soft text-declined-text",
} as const;
const words = { same: "", added: "added: ", removed: "removed: " } as const;

/** What a version says, and where it differs from another one, line by line. */
export function VersionDiff({
  version,
  from,
}: {
  version: PromptVersionView;
  from: PromptVersionView | null;
}) {
  const lines = lineDiff(from ? wholeText(from) : wholeText(version), wholeText(version));
  const title = from
    ? `Version ${version.version} against version ${from.version}`
    : `Version ${version.version}`;
  return (
    <Card aria-labelledby="diff-title">
      <CardHeader
        id="diff-title"
        title={title}
        description={from ? undefined : "No other version is in force to compare with."}
      />
      <CardBody>
        <pre
          // Focusable, so that it can be scrolled by keyboard.
          tabIndex={0}
          role="region"
          aria-label={`${title}, line by line`}
          className="max-h-96 overflow-auto rounded-control border bg-surface-2 p-2 font-mono text-xs"
        >
          {lines.map(({ kind, text }, at) => (
            // Lines have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} className={`block break-words whitespace-pre-wrap ${looks[kind]}`}>
              <span aria-hidden>{signs[kind]} </span>
              <span className="sr-only">{words[kind]}</span>
              {text}
            </span>
          ))}
        </pre>
      </CardBody>
    </Card>
  );
}

function wholeText({ model, messages, settings }: PromptVersionView): string {
  const { combination, ...plain } = settings;
  return [
    `model: ${model.key}`,
    ...messages.map(({ role, content }) => `[${role}]\n${content}`),
    `settings: ${JSON.stringify(plain, null, 2)}`,
    ...(combination ? [`combination: ${JSON.stringify(combination, null, 2)}`] : []),
  ].join("\n");
}
