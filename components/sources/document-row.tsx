"use client";

import {
  Download,
  Ellipsis,
  FileText,
  Globe,
  ListTree,
  MessagesSquare,
  Mic,
  PencilLine,
  Replace,
  Trash2,
} from "lucide-react";
import Link from "next/link";
import { sourcesText } from "@/components/strings/sources";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatCount, formatDuration } from "@/lib/format";
import { DocumentStatus } from "./document-status";
import { ReadAsMenu, sayKind } from "./read-as-menu";

/** What can be asked of one text; the list answers. */
export type DocumentActions = {
  onDelete: (document: DocumentView) => void;
  onRename: (document: DocumentView) => void;
  onReplace: (document: DocumentView) => void;
  onAskSpeaker: (document: DocumentView) => void;
};

export type RowProps = {
  face: FaceView;
  document: DocumentView;
  actions: DocumentActions;
  /** null: nothing is being selected */
  isSelected: boolean | null;
  onSelect: (document: DocumentView, isRange: boolean) => void;
};

export function DocumentRow({ face, document, actions, isSelected, onSelect }: RowProps) {
  const href = `/faces/${face.username}?tab=sources&document=${document.id}`;
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 py-2.5 mid:grid-cols-[20px_minmax(0,1fr)_96px_132px_28px]">
      {isSelected === null ? (
        <KindIcon document={document} />
      ) : (
        <Checkbox
          label={sourcesText.selectText(document.label)}
          checked={isSelected}
          onChange={(_isChecked, isRange) => onSelect(document, isRange)}
          className="-m-0.5"
        />
      )}
      <div className="min-w-0">
        <Link href={href} scroll={false} className="block truncate text-ink no-underline hover:underline">
          {document.label}
        </Link>
        <span className="flex min-w-0 items-center text-1 text-ink-3">
          {face.is_sample ? (
            <span className="truncate">{sayKind(document, face)}</span>
          ) : (
            <ReadAsMenu face={face} document={document} onAskSpeaker={actions.onAskSpeaker} />
          )}
          <Beside document={document} />
        </span>
      </div>
      <span className="num hidden text-right text-2 mid:block">
        {document.token_count > 0 ? (
          <>
            {formatCount(document.token_count)} <span className="text-ink-3">{sourcesText.tokens}</span>
          </>
        ) : null}
      </span>
      <span className="col-start-2 row-start-2 flex mid:col-start-auto mid:row-start-auto">
        <DocumentStatus document={document} isFaceSyncing={face.sync_status === "syncing"} />
      </span>
      {face.is_sample ? null : (
        <span className="col-start-3 row-start-1 mid:col-start-auto mid:row-start-auto">
          <RowMenu face={face} document={document} actions={actions} />
        </span>
      )}
      {document.error ? (
        <p className="col-start-2 -col-end-1 text-1 text-danger [overflow-wrap:anywhere]">{document.error}</p>
      ) : null}
      {document.notes.map((note) => (
        <p key={note.code} className="col-start-2 -col-end-1 text-1 text-ink-2">
          {note.message}
        </p>
      ))}
    </div>
  );
}

/** What is known beside its kind: its length, and what came of it. */
function Beside({ document }: { document: DocumentView }) {
  const parts = [
    document.media_seconds === null ? "" : formatDuration(document.media_seconds),
    document.status === "synced" ? sourcesText.statements(document.counts.statements) : "",
    document.findings > 0 ? sourcesText.passagesLeftOut(document.findings) : "",
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return <span className="num shrink-0 before:mx-1 before:content-['·']">{parts.join(" · ")}</span>;
}

function KindIcon({ document }: { document: DocumentView }) {
  const Icon =
    document.format === "recording"
      ? Mic
      : document.type === "thread"
        ? MessagesSquare
        : document.source === "import"
          ? Globe
          : FileText;
  return <Icon size={16} strokeWidth={1.75} aria-hidden />;
}

function RowMenu({ face, document, actions }: Pick<RowProps, "face" | "document" | "actions">) {
  const here = `/faces/${face.username}?tab=`;
  const hasText = document.token_count > 0;
  return (
    <Menu
      trigger={
        <IconButton label={sourcesText.actionsFor(document.label)} hasTooltip={false}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      {hasText ? (
        <MenuItem asChild>
          <Link href={`${here}sources&document=${document.id}`} scroll={false}>
            <FileText size={16} strokeWidth={1.75} aria-hidden />
            {sourcesText.openText}
          </Link>
        </MenuItem>
      ) : null}
      {document.counts.statements > 0 ? (
        <MenuItem asChild>
          <Link href={`${here}primitives&document=${document.id}`}>
            <ListTree size={16} strokeWidth={1.75} aria-hidden />
            {sourcesText.showStatements}
          </Link>
        </MenuItem>
      ) : null}
      {document.byte_size === null ? null : (
        <MenuItem asChild>
          <a href={`/v1/faces/${face.username}/documents/${document.id}/file`} download>
            <Download size={16} strokeWidth={1.75} aria-hidden />
            {sourcesText.download(document.byte_size)}
          </a>
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem onSelect={() => actions.onRename(document)}>
        <PencilLine size={16} strokeWidth={1.75} aria-hidden />
        {sourcesText.rename}
      </MenuItem>
      <MenuItem onSelect={() => actions.onReplace(document)}>
        <Replace size={16} strokeWidth={1.75} aria-hidden />
        {sourcesText.replace}
      </MenuItem>
      <MenuItem danger onSelect={() => actions.onDelete(document)}>
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        {sourcesText.delete}
      </MenuItem>
    </Menu>
  );
}
