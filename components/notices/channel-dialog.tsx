"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ChannelDraft, ChannelView } from "@/lib/notices/channels";
import { noticeKinds, noticeWords } from "@/lib/notices/kinds";

export type SaveChannel = (input: {
  channelId?: string;
  draft: ChannelDraft;
}) => Promise<Answer<ChannelView>>;
export type QueueName = { key: string; name: string };

type Props = {
  kind: "email" | "slack";
  /** The channel to change; absent: a new one. */
  channel?: ChannelView;
  queues: readonly QueueName[];
  save: SaveChannel;
  trigger: ReactNode;
};

const words = {
  email: {
    title: "Mail server",
    description: "Takes the mail that people want, over SMTP. Test it once it is saved.",
  },
  slack: {
    title: "Webhook",
    description:
      "Slack, and whatever takes its messages. Told to a room, whatever its people said they want.",
  },
};

/** Makes or changes a channel; its secret is written and never read back. */
export function ChannelDialog({ kind, channel, queues, save, trigger }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(save);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const saved = await submit({ channelId: channel?.id, draft: draftOf(form, kind) });
    if (!saved) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent {...words[kind]}>
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field label="Name" error={fieldError("name")}>
            <Input name="name" required maxLength={100} defaultValue={channel?.name ?? words[kind].title} />
          </Field>
          {kind === "email" ? (
            <MailFields channel={channel} fieldError={fieldError} />
          ) : (
            <WebhookFields channel={channel} queues={queues} fieldError={fieldError} />
          )}
          <Checkbox name="enabled" label="In use" defaultChecked={channel?.enabled ?? true} />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type FieldsProps = { channel: ChannelView | undefined; fieldError: (name: string) => string | undefined };

function MailFields({ channel, fieldError }: FieldsProps) {
  const config = channel?.config.kind === "email" ? channel.config : undefined;
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-4">
        <Field label="Host" error={fieldError("config/host")}>
          <Input name="host" required placeholder="smtp.example.com" defaultValue={config?.host} />
        </Field>
        <Field label="Port" error={fieldError("config/port")}>
          <Input name="port" type="number" min={1} max={65_535} required defaultValue={config?.port ?? 587} />
        </Field>
      </div>
      <Field label="Encryption" hint="Without it only hosts that are allowed to be private are spoken to.">
        <Select name="tls" defaultValue={config?.tls ?? "starttls"}>
          <option value="starttls">STARTTLS, required</option>
          <option value="implicit">TLS from the first byte</option>
          <option value="none">None</option>
        </Select>
      </Field>
      <Field label="From" error={fieldError("config/from")}>
        <Input
          name="from"
          type="email"
          required
          placeholder="countersign@example.com"
          defaultValue={config?.from}
        />
      </Field>
      <Field label="User name" hint="Empty: no sign-in." error={fieldError("config/username")}>
        <Input name="username" autoComplete="off" spellCheck={false} defaultValue={config?.username} />
      </Field>
      <SecretInput
        label="Password"
        hasSecret={channel?.has_secret ?? false}
        type="password"
        error={fieldError("secret")}
      />
    </>
  );
}

function WebhookFields({ channel, queues, fieldError }: FieldsProps & { queues: readonly QueueName[] }) {
  const config = channel?.config.kind === "slack" ? channel.config : undefined;
  const usual = noticeKinds.filter((kind) => ["escalated", "unclear", "stopped", "appeal"].includes(kind));
  return (
    <>
      <SecretInput
        label="Address"
        hasSecret={channel?.has_secret ?? false}
        type="url"
        error={fieldError("secret")}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm font-semibold">Told here</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {noticeKinds.map((kind) => (
            <Checkbox
              key={kind}
              name="kinds"
              value={kind}
              label={noticeWords[kind].label}
              defaultChecked={(config?.kinds ?? usual).includes(kind)}
            />
          ))}
        </div>
      </fieldset>
      {queues.length > 0 ? (
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-semibold">Only of these queues</legend>
          <p className="text-xs text-muted-foreground">
            None chosen: of all. What is of no queue is always told.
          </p>
          {queues.map(({ key, name }) => (
            <Checkbox
              key={key}
              name="queues"
              value={key}
              label={name}
              defaultChecked={config?.queues.includes(key)}
            />
          ))}
        </fieldset>
      ) : null}
    </>
  );
}

type SecretProps = { label: string; hasSecret: boolean; type: "password" | "url"; error: string | undefined };

function SecretInput({ label, hasSecret, type, error }: SecretProps) {
  const kept = "One is set, and is never shown. Leave empty to keep it.";
  return (
    <Field
      label={label}
      hint={hasSecret ? kept : "Stored encrypted and never shown again."}
      error={error}
      required={type === "url" && !hasSecret}
    >
      <Input
        name="secret"
        type={type}
        maxLength={1000}
        autoComplete={type === "password" ? "new-password" : "off"}
        spellCheck={false}
        placeholder={type === "url" ? "https://hooks.slack.com/services/…" : undefined}
      />
    </Field>
  );
}

function draftOf(form: FormData, kind: "email" | "slack"): ChannelDraft {
  const text = (name: string) => formText(form, name);
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  const chosen = all("kinds");
  const tls = text("tls");
  return {
    name: text("name"),
    enabled: form.has("enabled"),
    secret: text("secret") || undefined,
    config:
      kind === "email"
        ? {
            kind,
            host: text("host"),
            port: Number(text("port")),
            tls: tls === "implicit" || tls === "none" ? tls : "starttls",
            username: text("username"),
            from: text("from"),
          }
        : { kind, kinds: noticeKinds.filter((one) => chosen.includes(one)), queues: all("queues") },
  };
}
