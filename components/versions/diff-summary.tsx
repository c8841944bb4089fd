import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { versionsText } from "@/components/strings/versions";
import type { VersionDiff } from "@/lib/compile/schemas";
import { diffFingerprint } from "./diff-fingerprint";

/** The fingerprint with what came and went, and both in a sentence. */
export function DiffSummary({ diff }: { diff: VersionDiff }) {
  const { counts, kinds } = diff;
  const newKinds = kinds.filter(({ kept, removed, added }) => kept + removed === 0 && added > 0).length;
  const goneKinds = kinds.filter(({ kept, added, removed }) => kept + added === 0 && removed > 0).length;
  const sentences = [
    mostOf(kinds, "added", versionsText.mostlyNew),
    mostOf(kinds, "removed", versionsText.mostlyGone),
    newKinds > 0 ? versionsText.newKinds(newKinds) : null,
    goneKinds > 0 ? versionsText.goneKinds(goneKinds) : null,
  ].filter((sentence) => sentence !== null);
  return (
    <div className="grid items-center justify-items-center gap-6 mid:grid-cols-[160px_minmax(0,1fr)] mid:justify-items-start">
      <Fingerprint data={diffFingerprint(kinds)} size={160} title={versionsText.fingerprint(diff.from, diff.to)} />
      <div className="grid gap-3">
        <p className="measure">{sentences.length > 0 ? sentences.join(" ") : versionsText.nothing}</p>
        <p className="num flex flex-wrap items-center gap-x-5 gap-y-2 text-2 text-ink-2">
          <span className="flex items-center gap-2">
            <Arc stroke="var(--accent)" width={2} />
            {versionsText.newArc}
          </span>
          <span className="flex items-center gap-2">
            <Arc stroke="var(--ink-3)" width={1} dash="2 3" />
            {versionsText.goneArc}
          </span>
          <span>{versionsText.counts.added(counts.added)}</span>
          <span>{versionsText.counts.removed(counts.removed)}</span>
          <span>{versionsText.counts.changed(counts.changed)}</span>
        </p>
      </div>
    </div>
  );
}

function mostOf(
  kinds: VersionDiff["kinds"],
  what: "added" | "removed",
  say: (parts: string[]) => string,
): string | null {
  const parts = componentKeys
    .map((component) => ({
      name: componentNames[component].name,
      count: kinds.filter((kind) => kind.component === component).reduce((sum, kind) => sum + kind[what], 0),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 2);
  return parts.length === 0 ? null : say(parts.map(({ name, count }) => versionsText.part(name, count)));
}

function Arc({ stroke, width, dash }: { stroke: string; width: number; dash?: string }) {
  return (
    <svg width={20} height={8} aria-hidden>
      <path d="M0 4H20" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}
