import type { ReactNode } from "react";
import { UntrustedText, UntrustedInline } from "@/components/ui/untrusted-text";
import { Time } from "@/components/ui/time";
import { noticeSentences, type PublicNotice } from "@/lib/notices/public-notice";

type Props = { notice: PublicNotice; children: ReactNode };

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A decision told to the person it is about, in words of everyday; what follows is theirs to say. */
export function NoticeLetter({ notice, children }: Props) {
  const { what, byWhom, why } = noticeSentences(notice);
  return (
    <>
      <header className="flex flex-col gap-2">
        <p className="text-sm font-semibold text-muted-foreground">
          <UntrustedInline text={notice.orgName} />
        </p>
        <h1 className="text-xl font-semibold tracking-tight text-balance">A decision about you</h1>
      </header>
      <section aria-label="The decision" className="flex flex-col gap-4 rounded-card border bg-card p-5">
        <p className="text-md text-muted-foreground">{what}</p>
        <p className="text-lg font-semibold text-balance">
          <UntrustedInline text={notice.summary} />
        </p>
        <dl className="flex flex-col gap-3 border-t pt-4 text-base">
          <Row term="When">{dateOf(notice.decidedAt)}</Row>
          <Row term="By whom">{byWhom}</Row>
          <Row term="Why">
            <UntrustedInline text={why} />
          </Row>
        </dl>
      </section>
      <Standing notice={notice} />
      {children}
      <footer className="mt-auto border-t pt-4 text-xs text-muted-foreground">
        This page is for you alone: whoever has its address can read it. Nothing on it is stored in your
        browser.
      </footer>
    </>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 sm:grid sm:grid-cols-[6rem_minmax(0,1fr)] sm:gap-4">
      <dt className="text-sm text-muted-foreground sm:text-base">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Standing({ notice }: { notice: PublicNotice }) {
  if (notice.status === "offered") return null;
  if (notice.status === "submitted") {
    return (
      <section aria-labelledby="standing" className="flex flex-col gap-2">
        <h2 id="standing" className="text-lg font-semibold">
          We have what you wrote
        </h2>
        <p className="text-base">
          Somebody who had no part in the decision looks at it again.{" "}
          {notice.dueAt ? <>You can expect an answer by {dateOf(notice.dueAt)}. </> : null}
          It will stand here: keep the address of this page.
        </p>
        {notice.submittedAt ? (
          <p className="text-sm text-muted-foreground">
            Received <Time at={notice.submittedAt} />.
          </p>
        ) : null}
      </section>
    );
  }
  const changed = notice.status === "overturned";
  return (
    <section aria-labelledby="standing" className="flex flex-col gap-3">
      <h2 id="standing" className="text-lg font-semibold">
        {changed ? "You were right: the decision was wrong" : "The decision stands"}
      </h2>
      <p className="text-base text-muted-foreground">
        Somebody who had no part in it looked at everything again
        {notice.closedAt ? `, ${dateOf(notice.closedAt)}` : ""}.
      </p>
      <div className="border-s-2 border-primary ps-4 text-base">
        <UntrustedText text={notice.answer ?? ""} />
      </div>
    </section>
  );
}

function dateOf(at: string): string {
  return day.format(new Date(at));
}
