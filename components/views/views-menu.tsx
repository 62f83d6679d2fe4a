"use client";

import { Bookmark, Check, Users } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { ViewActions } from "@/components/views/view-actions";
import { MenuPanel, menuRow } from "@/components/ui/menu-panel";
import type { SavedView } from "@/lib/identity/saved-views";
import { type ViewPage, viewQuery } from "@/lib/identity/view-query";

// Fetched when somebody saves or changes one.
const ManageViews = dynamic(
  () => import("@/components/views/manage-views").then((module) => module.ManageViews),
  { loading: () => null },
);

type Props = { page: ViewPage; views: SavedView[]; actions: ViewActions };

/** The list's saved filters, beside its filters. Each is an address, so it can be sent to somebody as it is. */
export function ViewsMenu({ page, views, actions }: Props) {
  const query = viewQuery(useSearchParams().toString());
  const [managing, setManaging] = useState<"save" | "manage">();
  const current = views.find((view) => view.query === query);
  return (
    <>
      <MenuPanel label="Views" icon={<Bookmark aria-hidden />}>
        {(close) => (
          <>
            {views.length === 0 ? (
              <p className="px-2 py-1.5 text-xs text-muted-foreground">
                Keep the filters you use often under a name.
              </p>
            ) : null}
            <ul>
              {views.map((view) => (
                <li key={view.id}>
                  <Link
                    href={`/${page}${view.query === "" ? "" : `?${view.query}`}`}
                    prefetch={false}
                    aria-current={view.id === current?.id ? "true" : undefined}
                    className={menuRow}
                    onClick={close}
                  >
                    <span className="min-w-0 grow truncate">{view.name}</span>
                    {view.shared ? (
                      <>
                        <Users aria-hidden />
                        <span className="sr-only">shared{view.mine ? "" : ` by ${view.owner}`}</span>
                      </>
                    ) : null}
                    {view.id === current?.id ? <Check aria-hidden /> : null}
                  </Link>
                </li>
              ))}
            </ul>
            <div className="mt-1 border-t pt-1">
              <Choice onPick={() => setManaging("save")} close={close} disabled={current?.mine === true}>
                {current?.mine ? "These filters are saved" : "Save these filters…"}
              </Choice>
              {views.length > 0 ? (
                <Choice onPick={() => setManaging("manage")} close={close}>
                  Manage views…
                </Choice>
              ) : null}
            </div>
          </>
        )}
      </MenuPanel>
      {managing ? (
        <ManageViews
          mode={managing}
          page={page}
          query={query}
          views={views}
          actions={actions}
          onClose={() => setManaging(undefined)}
        />
      ) : null}
    </>
  );
}

type ChoiceProps = { onPick: () => void; close: () => void; disabled?: boolean; children: string };

function Choice({ onPick, close, disabled, children }: ChoiceProps) {
  return (
    <button
      type="button"
      className={menuRow}
      disabled={disabled}
      onClick={() => {
        close();
        onPick();
      }}
    >
      {children}
    </button>
  );
}
