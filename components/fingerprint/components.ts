import { fingerprintText } from "@/components/strings/fingerprint";
import { ringOrder } from "@/lib/faces/fingerprint-rings";

/** The four components in ring order, innermost first. */
export const componentKeys = ringOrder;

export type ComponentKey = (typeof componentKeys)[number];

export const componentNames: Record<ComponentKey, { name: string; letter: string }> = fingerprintText.components;

export type { Cluster, Clusters as FingerprintData } from "@/lib/faces/fingerprint-rings";

/** Statements per component. */
export type ComponentCounts = Record<ComponentKey, number>;

export const emptyCounts: ComponentCounts = { alpha: 0, beta: 0, delta: 0, epsilon: 0 };

export function sumOf(counts: ComponentCounts): number {
  return componentKeys.reduce((sum, key) => sum + counts[key], 0);
}

/** The order a person reads a face in: "20 identity, 40 values, …", for accessible names. */
export function describeCounts(counts: ComponentCounts): string {
  return componentKeys.map((key) => `${counts[key]} ${componentNames[key].name.toLowerCase()}`).join(", ");
}
