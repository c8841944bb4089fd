"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useFaces } from "@/components/faces/use-faces";
import { useCommands } from "@/components/palette/commands";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { keysText } from "@/components/strings/keys";
import { Button } from "@/components/ui/button";
import { RichText } from "@/components/ui/rich-text";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import type { KeyView } from "@/lib/keys/schemas";
import { CallPanel } from "./call-panel";
import { CreateKeyDialog, EditKeyDialog } from "./key-form-dialogs";
import { KeyList } from "./key-list";
import { NewKeyPanel, type FreshKey } from "./new-key-panel";
import { RevokeKeyDialog } from "./revoke-key-dialog";
import { RotateKeyDialog } from "./rotate-key-dialog";
import { useKeys } from "./use-keys";

/** Which key a dialog is open about. */
type Asked = { about: "edit" | "rotate" | "revoke"; key: KeyView };

/** @param publicUrl where this installation is reached, for the snippets */
export function KeysPage({ publicUrl }: { publicUrl: string }) {
  const keys = useKeys(false);
  const faces = useFaces();
  const [isCreating, setIsCreating] = useUrlState("new");
  const [fresh, setFresh] = useState<FreshKey | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const create = () => setIsCreating("1");
  const close = () => setAsked(null);
  const about = (what: Asked["about"]) => (asked?.about === what ? asked.key : null);
  useCommands([{ id: "keys.new", label: keysText.newKey, group: "do", shortcut: "n", icon: Plus, run: create }]);

  const nameOf = (ref: string) =>
    faces.data?.find(({ id, username }) => id === ref || username === ref)?.username ??
    (faces.data ? keysText.missingFace : "…");

  const call = (
    <CallPanel
      key={fresh?.key.key}
      publicUrl={publicUrl}
      face={exampleFace(faces.data ?? [], fresh)}
      secret={fresh?.key.key ?? null}
      prefix={keys.data?.pages[0]?.data[0]?.key_prefix ?? null}
    />
  );

  return (
    <Column>
      <PageHead
        title={keysText.title}
        note={keysText.note}
        actions={
          <Button look="primary" onClick={create}>
            <Plus size={16} strokeWidth={1.75} aria-hidden />
            {keysText.newKey}
          </Button>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {fresh ? (
          <NewKeyPanel fresh={fresh} publicUrl={publicUrl} nameOf={nameOf} onStored={() => setFresh(null)} />
        ) : null}
        {fresh ? call : null}
        <KeyList
          nameOf={nameOf}
          onCreate={create}
          onEdit={(key) => setAsked({ about: "edit", key })}
          onRotate={(key) => setAsked({ about: "rotate", key })}
          onRevoke={(key) => setAsked({ about: "revoke", key })}
        />
        {fresh ? null : call}
        <p className="text-2 text-ink-3">
          <RichText
            text={keysText.referenceNote}
            parts={{
              reference: (words) => (
                <Link href="/reference" className="link">
                  {words}
                </Link>
              ),
            }}
          />
        </p>
      </div>
      <CreateKeyDialog
        open={isCreating === "1"}
        onOpenChange={(isOpen) => setIsCreating(isOpen ? "1" : "")}
        onCreated={(key) => setFresh({ key, isRotated: false })}
      />
      <EditKeyDialog key={about("edit")?.id} edited={about("edit")} onClose={close} />
      <RotateKeyDialog
        key={about("rotate")?.id}
        rotated={about("rotate")}
        onClose={close}
        onRotated={(key) => setFresh({ key, isRotated: true })}
      />
      <RevokeKeyDialog
        doomed={about("revoke")}
        onClose={close}
        onRevoked={({ id }) => setFresh((now) => (now?.key.id === id ? null : now))}
      />
    </Column>
  );
}

/** A face that the key may use, one that has something to say first; null where there is none. */
function exampleFace(faces: FaceView[], fresh: FreshKey | null): FaceView | null {
  const allowed = fresh?.key.allowed_faces ?? [];
  const usable = faces.filter(
    ({ id, username }) => allowed.length === 0 || allowed.includes(id) || allowed.includes(username),
  );
  return (
    usable.find(({ sync_status, is_sample }) => sync_status === "synced" && !is_sample) ??
    usable.find(({ sync_status }) => sync_status === "synced") ??
    usable[0] ??
    null
  );
}
