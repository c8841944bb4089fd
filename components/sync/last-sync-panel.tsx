"use client";

import Link from "next/link";
import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { syncText } from "@/components/strings/sync";
import { Button } from "@/components/ui/button";
import { FactsList, type Fact } from "@/components/ui/facts-list";
import { Panel } from "@/components/ui/panel";
import type { FaceView } from "@/lib/faces/schemas";
import { formatCount } from "@/lib/format";
import { diffHref } from "./diff-href";
import { useLastSync } from "./use-sync";
import type { SyncResult } from "./wire";

/** What the last sync did, as long as nothing has changed the face since. */
export function LastSyncPanel({ face }: { face: FaceView }) {
  const { data } = useLastSync(face);
  const result = data?.result ?? null;
  if (result === null || result.documents === 0 || result.versions?.to !== face.version) return null;
  const href = diffHref(face.username, result);
  const { added, removed } = result.primitives;
  return (
    <Panel title={syncText.lastSync}>
      <p className="text-2 font-strong">
        {added + removed === 0 ? syncText.nothingNew : syncText.brought(added, removed)}
      </p>
      {added + removed === 0 ? null : <ByComponent result={result} />}
      <FactsList facts={factsOf(result)} />
      {href === null ? null : (
        <Button asChild>
          <Link href={href}>{syncText.seeChange}</Link>
        </Button>
      )}
    </Panel>
  );
}

function ByComponent({ result }: { result: SyncResult }) {
  return (
    <ul aria-label={syncText.newAndGone} className="grid gap-1 border-y border-line py-3 text-2">
      {componentKeys.map((key) => {
        const { added = 0, removed = 0 } = result.primitives.by_component[key] ?? {};
        return (
          <li key={key} className="flex items-center gap-2">
            <RingKey component={key} />
            <span className="mr-auto text-ink-2">{componentNames[key].name}</span>
            <span className="num w-14 text-right">{syncText.added(added)}</span>
            {result.primitives.removed > 0 ? (
              <span className="num w-14 text-right text-ink-3">{removed > 0 ? syncText.removed(removed) : ""}</span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function factsOf(result: SyncResult): Fact[] {
  return [
    { label: syncText.texts(result.documents), value: syncText.tokens(result.tokens_charged) },
    ...(result.primitives.merged > 0 ? [{ label: syncText.merged, value: formatCount(result.primitives.merged) }] : []),
    ...(result.findings > 0 ? [{ label: syncText.leftOut, value: formatCount(result.findings) }] : []),
    { label: syncText.fromQuota, value: formatCount(result.tokens_from_quota) },
    { label: syncText.cost, value: syncText.usd(result.cost_usd) },
    { label: syncText.took, value: syncText.duration(result.seconds) },
  ];
}
