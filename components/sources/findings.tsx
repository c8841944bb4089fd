"use client";

import Link from "next/link";
import { sourcesText } from "@/components/strings/sources";
import { Panel } from "@/components/ui/panel";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useFindings } from "./use-documents";
import type { FindingView } from "./wire";

/** What was left out of the compiling on purpose, for the owner to see. */
export function Findings({ face, documents }: { face: FaceView; documents: DocumentView[] }) {
  const total = documents.reduce((sum, document) => sum + document.findings, 0);
  const findings = useFindings(face.username, total > 0);
  if (total === 0) return null;
  if (findings.error)
    return (
      <ApiErrorBlock
        title={sourcesText.findingsUnloaded}
        error={findings.error}
        onRetry={() => void findings.refetch()}
      />
    );
  const labels = new Map(documents.map((document) => [document.id, document.label]));
  const rows = findings.data?.data ?? [];
  return (
    <Panel
      title={sourcesText.leftOut}
      label={sourcesText.leftOutLabel}
      aside={<span className="num text-2 text-ink-3">{total}</span>}
    >
      {(["instruction", "unclear_subject"] as const).map((kind) => (
        <FindingGroup
          key={kind}
          face={face.username}
          kind={kind}
          rows={rows.filter((row) => row.kind === kind)}
          labels={labels}
        />
      ))}
      {findings.data?.has_more ? <p className="text-1 text-ink-3">{sourcesText.firstHundred}</p> : null}
    </Panel>
  );
}

type FindingGroupProps = { face: string; kind: FindingView["kind"]; rows: FindingView[]; labels: Map<string, string> };

function FindingGroup({ face, kind, rows, labels }: FindingGroupProps) {
  if (rows.length === 0) return null;
  return (
    <details open={kind === "instruction"}>
      <summary className="cursor-pointer text-2 font-strong">{sourcesText.findings[kind].title(rows.length)}</summary>
      <p className="mt-1 text-1 text-ink-3">{sourcesText.findings[kind].note}</p>
      <ul className="mt-2 border-y border-line">
        {rows.map((row) => (
          <li key={row.id} className="grid gap-0.5 border-t border-line py-2 first:border-t-0">
            <span className="quote line-clamp-3 text-2 [overflow-wrap:anywhere]">{row.quote}</span>
            <Link
              href={`/faces/${face}?tab=sources&document=${row.document_id}&at=${row.start}-${row.end}`}
              scroll={false}
              className="num link text-1"
            >
              {sourcesText.findingPlace(labels.get(row.document_id) ?? sourcesText.aText, row.start, row.end)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
