import { sourcesText } from "@/components/strings/sources";
import { FactsList, type Fact } from "@/components/ui/facts-list";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatBytes, formatCount, formatDay, formatDuration } from "@/lib/format";
import { DocumentStatus } from "./document-status";
import { sayKind } from "./read-as-menu";

const { facts: words } = sourcesText;

/** Everything that is known of a text: where it stands, what it brought, what it cost. */
export function DocumentFacts({ document, face }: { document: DocumentView; face: FaceView }) {
  const { counts } = document;
  const facts: (Fact | null)[] = [
    {
      label: words.status,
      value: <DocumentStatus document={document} isFaceSyncing={face.sync_status === "syncing"} />,
    },
    { label: words.readAs, value: sayKind(document, face) },
    { label: words.tokens, value: formatCount(document.token_count) },
    face.is_sample ? null : { label: words.charged, value: formatCount(document.tokens_charged) },
    { label: words.statements, value: formatCount(counts.statements) },
    document.findings > 0 ? { label: words.leftOut, value: formatCount(document.findings) } : null,
    counts.dropped > 0 ? { label: words.dropped, value: formatCount(counts.dropped) } : null,
    document.media_seconds === null ? null : { label: words.length, value: formatDuration(document.media_seconds) },
    {
      label: words.file,
      value: document.byte_size === null ? words.pasted : `${document.format}, ${formatBytes(document.byte_size)}`,
    },
    document.source_url === null ? null : { label: words.from, value: <SourceLink url={document.source_url} /> },
    { label: words.version, value: formatCount(document.version) },
    { label: words.added, value: formatDay(document.created_at) },
    { label: words.synced, value: document.synced_at === null ? words.never : formatDay(document.synced_at) },
  ];
  return <FactsList facts={facts.filter((fact) => fact !== null)} />;
}

function SourceLink({ url }: { url: string }) {
  // an address that somebody sent: a link only where it leads to the web
  if (!/^https?:\/\//.test(url)) return <span className="break-all">{url}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" className="link break-all">
      {new URL(url).host}
    </a>
  );
}
