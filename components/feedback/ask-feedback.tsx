import { CircleAlert, CircleCheck, ThumbsDown, ThumbsUp } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { linkLimits } from "@/lib/feedback/link-limits";
import { titleOf } from "@/lib/kernel/problems";

type Page = {
  orgName: string;
  about: string;
  decided: { summary: string; acted: boolean; at: string } | null;
  feedback: {
    vote: "up" | "down" | null;
    text: string | null;
    given_at: string | null;
    expires_at: string;
  };
};
type Props = { token: string; page: Page; result: "kept" | { problem: string } | undefined };

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Asks the customer of a decision what they think of it. A plain form: it needs no scripts. */
export function AskFeedback({ token, page, result }: Props) {
  const { vote, text, given_at, expires_at } = page.feedback;
  return (
    <>
      <header className="flex flex-col gap-2">
        <p className="text-sm font-semibold text-muted-foreground">
          <UntrustedInline text={page.orgName} />
        </p>
        <h1 className="text-xl font-semibold tracking-tight text-balance">Was this right for you?</h1>
      </header>
      <About page={page} />
      <Result result={result} />
      <form
        method="post"
        action={`/api/feedback/${encodeURIComponent(token)}`}
        className="flex flex-col gap-5"
      >
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-semibold">What do you think of it?</legend>
          <div className="grid grid-cols-2 gap-3">
            <Thumb value="up" label="Good" checked={vote === "up"} />
            <Thumb value="down" label="Bad" checked={vote === "down"} />
          </div>
        </fieldset>
        <Field label="In your words" hint={`If you like; up to ${linkLimits.text} characters.`}>
          <Textarea
            name="text"
            rows={5}
            maxLength={linkLimits.text}
            defaultValue={text ?? ""}
            className="min-h-28"
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="self-start max-sm:w-full">
          {given_at ? "Change it" : "Send it"}
        </Button>
      </form>
      <footer className="mt-auto border-t pt-4 text-xs text-muted-foreground">
        You can change it until {day.format(new Date(expires_at))}; what you said last counts. This page is
        for you alone: whoever has its address can read it.
      </footer>
    </>
  );
}

function About({ page: { about, decided } }: { page: Page }) {
  return (
    <section aria-label="What it is about" className="flex flex-col gap-2 rounded-card border bg-card p-5">
      <p className="text-sm text-muted-foreground">
        <UntrustedInline text={about} />
      </p>
      {decided ? (
        <>
          <p className="text-md text-muted-foreground">
            {decided.acted ? "We decided to do this:" : "We decided not to do this:"}
          </p>
          <p className="text-lg font-semibold text-balance">
            <UntrustedInline text={decided.summary} />
          </p>
          <p className="text-sm text-muted-foreground">{day.format(new Date(decided.at))}</p>
        </>
      ) : (
        <p className="text-md">It is not decided yet. You can say already what you think.</p>
      )}
    </section>
  );
}

function Result({ result }: Pick<Props, "result">) {
  if (!result) return null;
  if (result === "kept") {
    return (
      <p role="status" className="flex gap-2 rounded-card bg-approved-soft p-4 text-base text-approved-text">
        <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
        Thank you. We have what you said.
      </p>
    );
  }
  return (
    <p role="alert" className="flex gap-2 rounded-card bg-declined-soft p-4 text-base text-declined-text">
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      {sentenceOf(result.problem)}
    </p>
  );
}

// Only what the catalogue says: nothing of the address is shown.
function sentenceOf(code: string): string {
  if (code === "validation_failed") return "It was not sent: choose good or bad, or write something.";
  const title = titleOf(code);
  return title === code.replaceAll("_", " ") ? "It was not sent. Try again." : `It was not sent: ${title}.`;
}

type ThumbProps = { value: "up" | "down"; label: string; checked: boolean };

function Thumb({ value, label, checked }: ThumbProps) {
  const Icon = value === "up" ? ThumbsUp : ThumbsDown;
  return (
    <label
      className={cn(
        "flex min-h-14 cursor-pointer items-center justify-center gap-2 rounded-card border bg-surface text-md font-semibold",
        "focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ring hover:bg-surface-2",
        value === "up"
          ? "has-checked:border-approved has-checked:bg-approved-soft has-checked:text-approved-text"
          : "has-checked:border-declined has-checked:bg-declined-soft has-checked:text-declined-text",
      )}
    >
      <input
        type="radio"
        name="vote"
        value={value}
        defaultChecked={checked}
        className="size-4 accent-primary"
      />
      <Icon aria-hidden className="size-5" />
      {label}
    </label>
  );
}

/** A link's page that takes nothing. */
export function FeedbackClosed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      <p className="text-md text-muted-foreground">{children}</p>
    </div>
  );
}
