"use client";

import { Pencil, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { connectorConfigFrom } from "@/components/apps/connector-draft";
import { ConnectorFields } from "@/components/apps/connector-fields";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass, ConnectorKind } from "@/lib/apps/schema";
import type { ConnectorView } from "@/lib/apps/views";

type Common = { name: string; class: ConnectorClass; config: StoredConnectorConfig };
type Create = (input: Common & { key: string; secret: string | null }) => Promise<Answer<ConnectorView>>;
type Update = (
  input: Common & { connector: string; version: number; secret?: string | null },
) => Promise<Answer<ConnectorView>>;
type Props = {
  /** Absent: a new one. */
  connector?: ConnectorView;
  create: Create;
  update: Update;
};

/** Makes or changes a connector. Its secret is only ever written. */
export function ConnectorDialog({ connector, ...actions }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {connector ? (
          <Button>
            <Pencil aria-hidden /> Edit
          </Button>
        ) : (
          <Button variant="primary">
            <Plus aria-hidden /> New connector
          </Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={connector ? `Edit ${connector.name}` : "New connector"}
        description={
          connector
            ? "What was approved before no longer runs, unless only the credential is replaced by a new one."
            : undefined
        }
        className="max-w-2xl"
      >
        <ConnectorForm connector={connector} {...actions} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ConnectorForm({ connector, create, update, onDone }: Props & { onDone: () => void }) {
  const send = async (form: FormData) => {
    const secret = formText(form, "secret");
    const common = commonOf(form);
    if (!connector) return create({ ...common, key: formText(form, "key").trim(), secret: secret || null });
    const kept = form.get("remove_secret") === "on" ? null : secret || undefined;
    return update({ ...common, connector: connector.id, version: connector.version, secret: kept });
  };
  const { submit, pending, fieldError, formError } = useSubmit(send);
  const router = useRouter();
  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const saved = await submit(new FormData(event.currentTarget));
    if (!saved) return;
    onDone();
    if (connector) router.refresh();
    else router.push(`/settings/connectors/${saved.id}`);
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <ConnectorFields connector={connector} errorOf={fieldError} />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        {connector ? "Save" : "Create the connector"}
      </Button>
    </form>
  );
}

function commonOf(form: FormData): Common {
  return {
    name: formText(form, "name"),
    // The selects offer these values and no other; the server checks them again.
    class: formText(form, "class") as ConnectorClass,
    config: connectorConfigFrom(form, formText(form, "kind") as ConnectorKind),
  };
}
