import type { Component } from "@/lib/compile/grammar";

/** The four components in ring order, innermost first. The grammar's list, without the grammar: this goes to browsers. */
export const ringOrder = ["alpha", "beta", "delta", "epsilon"] as const satisfies readonly Component[];

/** One arc: `n` statements that belong together, with their mean confidence (0–1). */
export type Cluster = { n: number; confidence: number; state?: "added" | "removed" };

export type Clusters = Partial<Record<Component, Cluster[]>>;

/** An arc of a ring, in radians, clockwise from the right. */
export type RingArc = { from: number; to: number; opacity: number; cluster: Cluster };

/** A ring of a fingerprint in numbers: whoever draws it, on a screen or into a picture, draws the same. */
export type RingForm = {
  component: Component;
  radius: number;
  width: number;
  /** statements in the ring, removed ones among them */
  total: number;
  /** 0–1: how far it is closed */
  progress: number;
  start: number;
  sweep: number;
  arcs: RingArc[];
};

export type RingOptions = {
  /** 0–1 for all rings or per ring: they close as chunks finish. */
  progress?: number | Partial<Record<Component, number>> | undefined;
  /** This component stays, the others step back. */
  focus?: Component | undefined;
};

const TAU = Math.PI * 2;
/** Below this many pixels every ring is solid, and position alone tells the rings apart. */
export const solidBelow = 32;

/**
 * The rings of a face's fingerprint, innermost first.
 *
 * An arc is a cluster: its length is the cluster's share of its ring, its opacity the confidence (0.28–0.90 mapped to
 * 0.3–1). A ring's width follows the square root of its component's share of the face. Where a ring opens follows from
 * its clusters alone, so the same face is always drawn the same: keep the order of the clusters stable.
 *
 * @param size side of the square drawing, in pixels
 */
export function fingerprintRings(data: Clusters, size: number, options: RingOptions = {}): RingForm[] {
  const centre = size / 2;
  const outer = centre - Math.max(0.5, size * 0.012);
  const hole = outer * (size < solidBelow ? 0.13 : 0.17);
  const step = (outer - hole) / 4;
  const all = ringOrder.reduce((sum, key) => sum + totalOf(data[key] ?? []), 0);

  return ringOrder.map((component, index) => {
    const clusters = data[component] ?? [];
    const total = totalOf(clusters);
    const share = all > 0 ? Math.min(1, Math.sqrt(total / all / 0.42)) : 0.5;
    const ring = {
      component,
      radius: hole + step * (index + 0.5),
      width: step * (size < solidBelow ? 0.5 + 0.2 * share : 0.3 + 0.48 * share),
      total,
      progress: progressOf(options.progress, component),
      start: startAngle(clusters, total),
    };
    const sweep = (TAU - (size < solidBelow ? 0.34 : 0.2)) * ring.progress;
    const fade = options.focus !== undefined && options.focus !== component ? 0.22 : 1;
    return { ...ring, sweep, arcs: arcsOf({ ...ring, sweep }, clusters, { size, fade }) };
  });
}

function totalOf(clusters: Cluster[]): number {
  return clusters.reduce((sum, cluster) => sum + cluster.n, 0);
}

function progressOf(progress: RingOptions["progress"], component: Component): number {
  const value = progress === undefined ? 1 : typeof progress === "number" ? progress : (progress[component] ?? 0);
  return Math.max(0, Math.min(1, value));
}

/** The balance point of a ring's own clusters, so that two faces never line up by accident. */
function startAngle(clusters: Cluster[], total: number): number {
  const moment = clusters.reduce((sum, cluster, index) => sum + (index + 1) * cluster.n, 0);
  return total > 0 ? (((moment * 2.618) / total) % 1) * TAU - Math.PI / 2 : -Math.PI / 2;
}

function arcsOf(
  { radius, total, progress, start, sweep }: Omit<RingForm, "arcs">,
  clusters: Cluster[],
  { size, fade }: { size: number; fade: number },
): RingArc[] {
  if (total === 0 || progress === 0) return [];
  const hasGaps = clusters.length > 1 || progress < 1;
  const gap = hasGaps ? Math.max(size < solidBelow ? 0.9 : 1.4, size * 0.011) / radius : 0;
  let angle = start;
  return clusters.flatMap((cluster) => {
    const next = angle + (sweep * cluster.n) / total;
    const [from, to] = [angle + gap / 2, next - gap / 2];
    angle = next;
    if (to - from < 0.012) return [];
    const opacity = Math.max(0.3, Math.min(1, (cluster.confidence - 0.28) / 0.62)) * fade;
    return [{ from, to, opacity, cluster }];
  });
}
