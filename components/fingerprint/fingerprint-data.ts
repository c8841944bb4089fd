import { componentKeys, type ComponentCounts, type FingerprintData } from "./components";

/** A plain drawing from the counts alone, where the clusters are not known yet. */
export function fingerprintOfCounts(counts: ComponentCounts): FingerprintData {
  return Object.fromEntries(
    componentKeys.map((key) => [key, counts[key] > 0 ? [{ n: counts[key], confidence: 0.75 }] : []]),
  );
}
