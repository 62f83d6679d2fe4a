"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { useSubmit } from "@/components/identity/use-submit";
import type { ViewActions } from "@/components/views/view-actions";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SavedView } from "@/lib/identity/saved-views";
import type { ViewPage } from "@/lib/identity/view-query";

type Props = {
  mode: "save" | "manage";
  page: ViewPage;
  query: string;
  views: SavedView[];
  actions: ViewActions;
  onClose: () => void;
};

/** The dialog that saves the filters of the page, or changes what was saved. */
export function ManageViews({ mode, onClose, ...props }: Props) {
  const save = mode === "save";
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={save ? "Save these filters" : "Saved views"}
        description={
          save
            ? "The name stands in the menu of views beside the filters."
            : "Rename, share or delete your views."
        }
      >
        {save ? <SaveForm {...props} onDone={onClose} /> : <ViewList {...props} />}
      </DialogContent>
    </Dialog>
  );
}

type SaveProps = Omit<Props, "mode" | "onClose" | "views"> & { onDone: () => void };

function SaveForm({ page, query, actions, onDone }: SaveProps) {
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(actions.save);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({ page, query, name: formText(form, "name"), shared: form.has("shared") });
    if (!made) return;
    onDone();
    router.refresh();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" error={fieldError("name")} required>
        <Input name="name" maxLength={60} autoComplete="off" required />
      </Field>
      <Checkbox name="shared" label="Share it" hint="Everybody who may see this list finds it." />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Save view
      </Button>
    </form>
  );
}

function ViewList({ views, query, actions }: Omit<Props, "mode" | "onClose">) {
  return (
    <ul className="flex flex-col divide-y">
      {views.map((view) => (
        <ViewItem key={view.id} view={view} query={query} actions={actions} />
      ))}
    </ul>
  );
}

type ItemProps = { view: SavedView; query: string; actions: ViewActions };

function ViewItem({ view, query, actions }: ItemProps) {
  const router = useRouter();
  const [name, setName] = useState(view.name);
  const { submit: change, pending, fieldError, formError } = useSubmit(actions.change);
  const { submit: remove, pending: removing, formError: notRemoved } = useSubmit(actions.remove);
  const refresh = (done: unknown) => {
    if (done) router.refresh();
  };
  const set = async (part: { name?: string; query?: string; shared?: boolean }) =>
    refresh(await change({ id: view.id, ...part }));
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0">
      <FormError>{formError ?? notRemoved}</FormError>
      {view.mine ? (
        <Field label={`Name of ${view.name}`} hideLabel error={fieldError("name")}>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
      ) : (
        <p className="min-w-0 truncate">
          <span className="font-semibold">{view.name}</span>
          <span className="text-muted-foreground"> · shared by {view.owner}</span>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {view.mine ? (
          <>
            <Checkbox
              label="Shared"
              checked={view.shared}
              disabled={pending}
              onChange={(event) => void set({ shared: event.target.checked })}
              className="me-auto"
            />
            {name.trim() !== view.name && name.trim() !== "" ? (
              <Button size="sm" variant="primary" pending={pending} onClick={() => void set({ name })}>
                Rename
              </Button>
            ) : null}
            {query === view.query ? null : (
              <Button size="sm" pending={pending} onClick={() => void set({ query })}>
                Set to these filters
              </Button>
            )}
          </>
        ) : null}
        <Button
          size="sm"
          variant="ghost"
          pending={removing}
          aria-label={`Delete ${view.name}`}
          onClick={() => void remove({ id: view.id }).then(refresh)}
        >
          Delete
        </Button>
      </div>
    </li>
  );
}
