import {
  componentKeys,
  type Cluster,
  type ComponentCounts,
  type ComponentKey,
  type FingerprintData,
} from "./components";

type Statement = { component: ComponentKey; predicate: string; confidence: number };

/**
 * Clusters of a face from its statements: those of one predicate belong together.
 * Ordered by predicate name, so that a face keeps its drawing when statements are re-read.
 */
export function toFingerprint(statements: readonly Statement[]): FingerprintData {
  const rings: FingerprintData = {};
  for (const component of componentKeys) {
    const byPredicate = new Map<string, number[]>();
    for (const statement of statements) {
      if (statement.component !== component) continue;
      byPredicate.set(statement.predicate, [...(byPredicate.get(statement.predicate) ?? []), statement.confidence]);
    }
    rings[component] = [...byPredicate.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, confidences]) => toCluster(confidences));
  }
  return rings;
}

function toCluster(confidences: number[]): Cluster {
  return { n: confidences.length, confidence: confidences.reduce((sum, value) => sum + value, 0) / confidences.length };
}

/** A plain drawing from the counts alone, where the clusters are not known yet. */
export function fingerprintOfCounts(counts: ComponentCounts): FingerprintData {
  return Object.fromEntries(
    componentKeys.map((key) => [key, counts[key] > 0 ? [{ n: counts[key], confidence: 0.75 }] : []]),
  );
}
