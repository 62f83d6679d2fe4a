"use client";

import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { noticeWords, type NoticeKind } from "@/lib/notices/kinds";
import type { Preferences } from "@/lib/notices/preferences";
import { wanted } from "@/lib/notices/wanted";

type Props = {
  preferences: Preferences;
  /** The kinds this person's role can be told of. */
  kinds: readonly NoticeKind[];
  /** Whether a mail server is there at all. */
  mail: "on" | "off";
  timeZones: readonly string[];
  save: (input: Preferences) => Promise<Answer<unknown>>;
};

/** How and when a person is told: by kind and place, and when mail may come. */
export function PreferencesForm({ preferences, kinds, mail, timeZones, save }: Props) {
  const { toast } = useToast();
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const [digest, setDigest] = useState(preferences.digest);
  const [quiet, setQuiet] = useState(preferences.quiet !== null);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const saved = await submit(readForm(new FormData(event.currentTarget), { preferences, kinds }));
    if (saved) toast({ tone: "success", title: "Saved" });
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex max-w-3xl flex-col gap-5">
      <FormError>{formError}</FormError>
      <KindsTable preferences={preferences} kinds={kinds} mail={mail} />
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="mb-3 text-sm font-semibold">When mail comes</legend>
        <Field label="Mail" hint="What you read in the bell meanwhile is left out.">
          <Select
            name="digest"
            value={digest}
            onChange={(event) => setDigest(event.target.value as Preferences["digest"])}
          >
            <option value="immediately">At once</option>
            <option value="hourly">Gathered, each full hour</option>
            <option value="daily">Gathered, once a day</option>
          </Select>
        </Field>
        {digest === "daily" ? (
          <Field label="At" error={fieldError("daily_at")}>
            <Select name="daily_at" defaultValue={String(preferences.daily_at)}>
              {Array.from({ length: 24 }, (_, hour) => (
                <option key={hour} value={hour}>
                  {String(hour).padStart(2, "0")}:00
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field label="Time zone" error={fieldError("time_zone")} className="sm:col-start-1">
          <Select name="time_zone" defaultValue={preferences.time_zone}>
            {timeZones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        </Field>
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-sm font-semibold">Quiet hours</legend>
        <Checkbox
          label="No mail in these hours"
          hint="It waits for their end; the bell holds it meanwhile."
          checked={quiet}
          onChange={(event) => setQuiet(event.target.checked)}
        />
        {quiet ? (
          <div className="grid max-w-xs grid-cols-2 gap-4">
            <Field label="From">
              <Input
                name="quiet_from"
                type="time"
                required
                defaultValue={preferences.quiet?.from ?? "20:00"}
              />
            </Field>
            <Field label="To" error={fieldError("quiet/to")}>
              <Input name="quiet_to" type="time" required defaultValue={preferences.quiet?.to ?? "07:00"} />
            </Field>
          </div>
        ) : null}
        <Checkbox
          name="overdue_breaks_quiet"
          label="What is overdue comes at once"
          hint="Whatever the hour, and not gathered."
          defaultChecked={preferences.overdue_breaks_quiet}
        />
      </fieldset>
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        Save
      </Button>
    </form>
  );
}

function KindsTable({ preferences, kinds, mail }: Pick<Props, "preferences" | "kinds" | "mail">) {
  return (
    <Table caption="What you are told, and where">
      <TableHead>
        <TableRow>
          <TableHeading>What</TableHeading>
          <TableHeading align="center">Bell</TableHeading>
          <TableHeading align="center">Mail</TableHeading>
        </TableRow>
      </TableHead>
      <tbody>
        {kinds.map((kind) => {
          const { label, sentence } = noticeWords[kind];
          const want = wanted(preferences, kind);
          return (
            <TableRow key={kind}>
              <TableCell>
                <span className="flex flex-col py-1.5">
                  <span className="font-semibold">{label}</span>
                  <span className="text-xs text-balance text-muted-foreground">{sentence}</span>
                </span>
              </TableCell>
              <TableCell align="center">
                <Checkbox
                  hideLabel
                  label={`${label} in the bell`}
                  name={`bell.${kind}`}
                  defaultChecked={want.bell}
                />
              </TableCell>
              <TableCell align="center">
                <Checkbox
                  hideLabel
                  label={`${label} by mail`}
                  name={`email.${kind}`}
                  defaultChecked={want.email}
                  disabled={mail === "off"}
                />
              </TableCell>
            </TableRow>
          );
        })}
      </tbody>
    </Table>
  );
}

function readForm(form: FormData, { preferences, kinds }: Pick<Props, "preferences" | "kinds">): Preferences {
  const said = Object.fromEntries(
    kinds.map((kind) => [kind, { bell: form.has(`bell.${kind}`), email: form.has(`email.${kind}`) }]),
  );
  const from = formText(form, "quiet_from");
  const digest = formText(form, "digest");
  return {
    kinds: { ...preferences.kinds, ...said },
    digest: digest === "hourly" || digest === "daily" ? digest : "immediately",
    daily_at: form.has("daily_at") ? Number(formText(form, "daily_at")) : preferences.daily_at,
    quiet: from ? { from, to: formText(form, "quiet_to") } : null,
    time_zone: formText(form, "time_zone"),
    overdue_breaks_quiet: form.has("overdue_breaks_quiet"),
  };
}
