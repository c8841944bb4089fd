"use client";

import { Check, Download, Ellipsis, FileText, MessagesSquare, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLine, MenuTick } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { StatusLine } from "@/components/ui/status-line";
import { useUrlState } from "@/components/ui/use-url-state";
import { countOf, formatBytes, formatCount, formatDuration } from "@/lib/format";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { DeleteDocumentDialog } from "./delete-document-dialog";
import { sourceKinds } from "./source-kind";
import { useUpdateDocument } from "./use-documents";

const filters = [
  { value: "", label: "All" },
  { value: "document", label: "Documents" },
  { value: "thread", label: "Threads" },
];

export function DocumentList({ face, documents }: { face: FaceView; documents: DocumentView[] }) {
  const [type, setType] = useUrlState("type");
  const [doomed, setDoomed] = useState<DocumentView | null>(null);
  const shown = documents.filter((document) => type === "" || document.type === type);
  const hasBoth = new Set(documents.map((document) => document.type)).size > 1;

  return (
    <section aria-label="Texts">
      <div className="mb-1 flex min-h-9 flex-wrap items-center gap-2">
        <h2>Texts</h2>
        <span className="num text-2 text-ink-3">{documents.length}</span>
        {hasBoth ? (
          <Segmented label="Kind of text" value={type} segments={filters} onChange={setType} className="ml-auto" />
        ) : null}
      </div>
      <ul className="border-y border-line">
        {shown.map((document) => (
          <DocumentRow key={document.id} document={document} face={face} onDelete={() => setDoomed(document)} />
        ))}
      </ul>
      <DeleteDocumentDialog face={face} document={doomed} onClose={() => setDoomed(null)} />
    </section>
  );
}

function DocumentRow({ document, face, onDelete }: { document: DocumentView; face: FaceView; onDelete: () => void }) {
  const Icon = document.type === "thread" ? MessagesSquare : FileText;
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0 mid:grid-cols-[20px_minmax(0,1fr)_96px_132px_28px]">
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className="min-w-0">
        <Link
          href={`/faces/${face.username}?tab=primitives&document=${document.id}`}
          className="block truncate text-ink no-underline hover:underline"
        >
          {document.label}
        </Link>
        <span className="block truncate text-1 text-ink-3">{describe(document, face)}</span>
      </div>
      <span className="num hidden text-right text-2 mid:block">
        {formatCount(document.token_count)} <span className="text-ink-3">tokens</span>
      </span>
      <span className="col-start-2 row-start-2 mid:col-start-auto mid:row-start-auto">
        <DocumentStatus document={document} />
      </span>
      {face.is_sample ? null : (
        <span className="col-start-3 row-start-1 mid:col-start-auto mid:row-start-auto">
          <Menu
            trigger={
              <IconButton label={`Actions for ${document.label}`} hasTooltip={false}>
                <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            }
          >
            {document.type === "document" ? <ReadAs document={document} face={face} /> : null}
            {document.type === "thread" ? <SpokenBy document={document} face={face} /> : null}
            {document.byte_size === null ? null : (
              <MenuItem asChild>
                <a href={`/v1/faces/${face.username}/documents/${document.id}/file`} download>
                  <Download size={16} strokeWidth={1.75} aria-hidden />
                  Download the file, {formatBytes(document.byte_size)}
                </a>
              </MenuItem>
            )}
            <MenuItem danger onSelect={onDelete}>
              <Trash2 size={16} strokeWidth={1.75} aria-hidden />
              Delete this text…
            </MenuItem>
          </Menu>
        </span>
      )}
      {document.error ? <p className="col-start-2 -col-end-1 text-1 text-danger">{document.error}</p> : null}
      {document.notes.map((note) => (
        <p key={note.code} className="col-start-2 -col-end-1 text-1 text-ink-2">
          {note.message}
        </p>
      ))}
    </li>
  );
}

/** Whose words a text holds decides what is found in it; choosing again puts it back into the line. */
function ReadAs({ document, face }: { document: DocumentView; face: FaceView }) {
  const update = useUpdateDocument(face.username);
  const choose = (perspective: string) =>
    update.mutate(
      { id: document.id, perspective: perspective === "third-person" ? "third-person" : "first-person" },
      {
        onSuccess: () => toast(`${document.label} waits to be synced again, read in the other way.`),
        onError: (error) => toast.error(`The text was not changed. ${error.message}`),
      },
    );
  return (
    <>
      <MenuChoices value={document.perspective} onValueChange={choose} aria-label="Read it as">
        {sourceKinds
          .filter(({ value }) => value !== "thread")
          .map(({ value, label }) => (
            <MenuChoice key={value} value={value === "own" ? "first-person" : "third-person"}>
              <span className="mr-auto">Read it as: {label.toLowerCase()}</span>
              <MenuTick>
                <Check size={14} strokeWidth={1.75} aria-hidden />
              </MenuTick>
            </MenuChoice>
          ))}
      </MenuChoices>
      <MenuLine />
    </>
  );
}

/** A conversation is compiled for one of its speakers; choosing another puts it back into the line. */
function SpokenBy({ document, face }: { document: DocumentView; face: FaceView }) {
  const update = useUpdateDocument(face.username);
  const choose = (speaker: string) =>
    update.mutate(
      { id: document.id, face_speaker: speaker },
      {
        onSuccess: () => toast(`${document.label} waits to be synced again, with ${speaker} as the face.`),
        onError: (error) => toast.error(`The text was not changed. ${error.message}`),
      },
    );
  return (
    <>
      <MenuChoices value={document.face_speaker ?? ""} onValueChange={choose} aria-label="The face speaks as">
        {document.speakers.slice(0, mostSpeakers).map((speaker) => (
          <MenuChoice key={speaker} value={speaker}>
            <span className="mr-auto truncate">Speaks as {speaker}</span>
            <MenuTick>
              <Check size={14} strokeWidth={1.75} aria-hidden />
            </MenuTick>
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuLine />
    </>
  );
}

/** Those who speak first; in a group of hundreds the name can be sent through the API. */
const mostSpeakers = 12;

function describe(document: DocumentView, face: FaceView): string {
  const name = face.name ?? face.username;
  const kind =
    document.type === "thread"
      ? document.face_speaker
        ? `Conversation, ${name} speaks as ${document.face_speaker}`
        : "Conversation"
      : document.perspective === "third-person"
        ? "About them"
        : "Own words";
  const length = document.media_seconds === null ? "" : `, ${formatDuration(document.media_seconds)}`;
  const found = document.status === "synced" ? `. ${countOf(document.counts.statements, "statement")}` : "";
  return `${kind}${length}${found}`;
}

function DocumentStatus({ document }: { document: DocumentView }) {
  switch (document.status) {
    case "transcribing":
      return <StatusLine tone="running">Transcribing</StatusLine>;
    case "pending":
      return <StatusLine tone="waiting">Waiting</StatusLine>;
    case "syncing":
      return (
        <StatusLine tone="running">
          {document.chunks_total > 0 ? `${document.chunks_completed} of ${document.chunks_total} chunks` : "Syncing"}
        </StatusLine>
      );
    case "synced":
      return <StatusLine tone="done">Synced</StatusLine>;
    case "failed":
      return <StatusLine tone="failed">Failed</StatusLine>;
  }
}
