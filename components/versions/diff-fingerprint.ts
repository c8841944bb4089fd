import { componentKeys, type FingerprintData } from "@/components/fingerprint/components";
import type { VersionDiff } from "@/lib/compile/schemas";

/** The clusters of both versions: what stayed, then what came and what went, kind by kind in the grammar's order. */
export function diffFingerprint(kinds: VersionDiff["kinds"]): FingerprintData {
  return Object.fromEntries(
    componentKeys.map((component) => [
      component,
      kinds
        .filter((kind) => kind.component === component)
        .flatMap(({ kept, added, removed, confidence }) => [
          ...(kept > 0 ? [{ n: kept, confidence }] : []),
          ...(added > 0 ? [{ n: added, confidence, state: "added" as const }] : []),
          ...(removed > 0 ? [{ n: removed, confidence: 0, state: "removed" as const }] : []),
        ]),
    ]),
  );
}
