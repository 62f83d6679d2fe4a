"use client";

import { Mail, Plus, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChannelDialog, type QueueName, type SaveChannel } from "@/components/notices/channel-dialog";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { counted } from "@/lib/kernel/counted";
import type { ChannelView } from "@/lib/notices/channels";
import { noticeWords } from "@/lib/notices/kinds";

type Props = {
  channels: readonly ChannelView[];
  queues: readonly QueueName[];
  /** A mail server that the environment names, where the settings have none. */
  fromEnvironment: string | null;
  save: SaveChannel;
  test: (input: { channelId: string }) => Promise<Answer<unknown>>;
};

/** Where news goes besides the bell. */
export function ChannelsPanel({ channels, queues, fromEnvironment, save, test }: Props) {
  const hasMail = channels.some(({ config }) => config.kind === "email");
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col overflow-hidden rounded-card border bg-card empty:hidden">
        {channels.map((channel) => (
          <Channel key={channel.id} channel={channel} queues={queues} save={save} test={test} />
        ))}
      </ul>
      {fromEnvironment && !hasMail ? (
        <p className="text-sm text-muted-foreground">
          Mail goes through {fromEnvironment}, as the server was started.
        </p>
      ) : null}
      {channels.length === 0 && !fromEnvironment ? (
        <p className="rounded-card border border-dashed px-4 py-6 text-center text-sm text-muted-foreground">
          News is told in the bell alone. Add a mail server, or a webhook of a chat room.
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {hasMail ? null : (
          <ChannelDialog
            kind="email"
            queues={queues}
            save={save}
            trigger={
              <Button>
                <Plus aria-hidden /> Mail server
              </Button>
            }
          />
        )}
        <ChannelDialog
          kind="slack"
          queues={queues}
          save={save}
          trigger={
            <Button>
              <Plus aria-hidden /> Webhook
            </Button>
          }
        />
      </div>
    </div>
  );
}

type ChannelProps = Pick<Props, "queues" | "save" | "test"> & { channel: ChannelView };

function Channel({ channel, queues, save, test }: ChannelProps) {
  const { config, name, enabled, address } = channel;
  const Icon = config.kind === "email" ? Mail : Webhook;
  const where = config.kind === "email" ? `${config.from} through ${config.host}:${config.port}` : address;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 last:border-0">
      <Icon aria-hidden className="size-4 shrink-0 text-subtle-foreground" />
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2 text-sm font-semibold">
          <UntrustedInline text={name} />
          {enabled ? null : <Badge tone="idle">Off</Badge>}
        </p>
        <p className="truncate text-xs text-muted-foreground">
          {where ?? "Its address has to be entered again"}
        </p>
        {config.kind === "slack" ? (
          <p className="text-xs text-muted-foreground">
            {config.kinds.map((kind) => noticeWords[kind].label).join(", ") || "Nothing is told here"}
            {config.queues.length > 0 ? `; of ${counted(config.queues.length, "queue")}` : null}
          </p>
        ) : null}
      </div>
      <div className="flex gap-2">
        <TestButton channel={channel} test={test} />
        <ChannelDialog
          kind={config.kind}
          channel={channel}
          queues={queues}
          save={save}
          trigger={
            <Button size="sm" aria-label={`Change ${name}`}>
              Change
            </Button>
          }
        />
      </div>
    </li>
  );
}

function TestButton({ channel, test }: Pick<ChannelProps, "channel" | "test">) {
  const [pending, setPending] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function send() {
    setPending(true);
    try {
      await orThrow(test({ channelId: channel.id }));
      const to = channel.config.kind === "email" ? "to you" : "there";
      toast({
        title: `A test message is on its way ${to}`,
        description: "What becomes of it is said below.",
      });
      router.refresh();
    } catch (error) {
      toast({ tone: "error", title: error instanceof Error ? error.message : "It was not sent" });
    }
    setPending(false);
  }
  return (
    <Button size="sm" pending={pending} aria-label={`Test ${channel.name}`} onClick={() => void send()}>
      Test
    </Button>
  );
}
