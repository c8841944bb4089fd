import { componentKeys, type Cluster, type ComponentKey, type FingerprintData } from "./components";

/** One stroke of the drawing. `opacity` carries the cluster's confidence. */
export type ArcStroke = {
  d: string;
  width: number;
  opacity: number;
  kind: "arc" | "removed" | "added";
  dash?: string;
  dashOffset?: number;
  round?: boolean;
};

export type Ring = {
  component: ComponentKey;
  radius: number;
  width: number;
  /** Statements in the ring, removed ones not counted. */
  count: number;
  /** The empty orbit behind a ring that is not closed; dashed when nothing is on it yet. */
  track: { width: number; dash: string | null } | null;
  strokes: ArcStroke[];
  /** Where the ring is growing now, in a drawing of progress. */
  head: { x: number; y: number; r: number } | null;
};

export type FingerprintOptions = {
  /** 0–1 for all rings or per ring: they close as chunks finish. */
  progress?: number | Partial<Record<ComponentKey, number>> | undefined;
  /** This component stays, the others step back. */
  focus?: ComponentKey | undefined;
};

type Arc = { centre: number; radius: number; width: number; from: number; to: number; size: number };
type Texture = Pick<ArcStroke, "d" | "width" | "dash" | "dashOffset" | "round">;

const TAU = Math.PI * 2;
/** Below this many pixels every ring is solid, and position alone tells the rings apart. */
const SOLID_BELOW = 32;

export const round2 = (value: number): number => Math.round(value * 100) / 100;

/**
 * The rings of a face's fingerprint as plain numbers and SVG paths.
 *
 * An arc is a cluster: its length is the cluster's share of its ring, its opacity the
 * confidence (0.28–0.90 mapped to 0.3–1). A ring's width follows the square root of its
 * component's share of the face. Where a ring opens follows from its clusters alone, so the
 * same face is always drawn the same: keep the order of the clusters stable.
 *
 * @param size side of the square drawing, in pixels
 */
export function fingerprintPaths(data: FingerprintData, size: number, options: FingerprintOptions = {}): Ring[] {
  const centre = size / 2;
  const outer = centre - Math.max(0.5, size * 0.012);
  const hole = outer * (size < SOLID_BELOW ? 0.13 : 0.17);
  const step = (outer - hole) / 4;
  const all = componentKeys.reduce((sum, key) => sum + totalOf(data[key] ?? []), 0);

  return componentKeys.map((component, index) => {
    const clusters = data[component] ?? [];
    const total = totalOf(clusters);
    const share = all > 0 ? Math.min(1, Math.sqrt(total / all / 0.42)) : 0.5;
    const width = step * (size < SOLID_BELOW ? 0.5 + 0.2 * share : 0.3 + 0.48 * share);
    const radius = hole + step * (index + 0.5);
    const fade = options.focus !== undefined && options.focus !== component ? 0.22 : 1;
    const progress = progressOf(options.progress, component);
    const sweep = (TAU - (size < SOLID_BELOW ? 0.34 : 0.2)) * progress;
    const start = startAngle(clusters, total);
    const closed = total > 0 && progress >= 1;

    return {
      component,
      radius: round2(radius),
      width: round2(width),
      count: clusters.reduce((sum, cluster) => sum + (cluster.state === "removed" ? 0 : cluster.n), 0),
      track: closed ? null : trackOf(size, total > 0 && progress > 0),
      strokes:
        total > 0 && progress > 0
          ? ringStrokes({
              component,
              clusters,
              total,
              centre,
              radius,
              width,
              start,
              sweep,
              size,
              fade,
              isPartial: progress < 1,
            })
          : [],
      head:
        total > 0 && progress > 0 && progress < 1 && size >= SOLID_BELOW
          ? { ...pointAt(centre, radius, start + sweep), r: round2(Math.max(1.6, size * 0.012)) }
          : null,
    };
  });
}

function totalOf(clusters: Cluster[]): number {
  return clusters.reduce((sum, cluster) => sum + cluster.n, 0);
}

function progressOf(progress: FingerprintOptions["progress"], component: ComponentKey): number {
  const value = progress === undefined ? 1 : typeof progress === "number" ? progress : (progress[component] ?? 0);
  return Math.max(0, Math.min(1, value));
}

function trackOf(size: number, hasArcs: boolean): Ring["track"] {
  return { width: size < 96 ? 1 : 1.25, dash: hasArcs ? null : size < SOLID_BELOW ? "1 1.6" : "2 3" };
}

/** The balance point of a ring's own clusters, so that two faces never line up by accident. */
function startAngle(clusters: Cluster[], total: number): number {
  const moment = clusters.reduce((sum, cluster, index) => sum + (index + 1) * cluster.n, 0);
  return total > 0 ? (((moment * 2.618) / total) % 1) * TAU - Math.PI / 2 : -Math.PI / 2;
}

function pointAt(centre: number, radius: number, angle: number): { x: number; y: number } {
  return { x: round2(centre + radius * Math.cos(angle)), y: round2(centre + radius * Math.sin(angle)) };
}

function arcPath(centre: number, radius: number, from: number, to: number): string {
  const end = Math.min(to, from + TAU - 0.0005);
  const a = pointAt(centre, radius, from);
  const b = pointAt(centre, radius, end);
  const r = round2(radius);
  return `M${a.x} ${a.y}A${r} ${r} 0 ${end - from > Math.PI ? 1 : 0} 1 ${b.x} ${b.y}`;
}

type RingInput = {
  component: ComponentKey;
  clusters: Cluster[];
  total: number;
  centre: number;
  radius: number;
  width: number;
  start: number;
  sweep: number;
  size: number;
  fade: number;
  isPartial: boolean;
};

function ringStrokes(ring: RingInput): ArcStroke[] {
  const { centre, radius, width, size } = ring;
  const hasGaps = ring.clusters.length > 1 || ring.isPartial;
  const gap = hasGaps ? Math.max(size < SOLID_BELOW ? 0.9 : 1.4, size * 0.011) / radius : 0;
  const strokes: ArcStroke[] = [];
  let angle = ring.start;

  for (const cluster of ring.clusters) {
    const next = angle + (ring.sweep * cluster.n) / ring.total;
    const from = angle + gap / 2;
    const to = next - gap / 2;
    angle = next;
    if (to - from < 0.012) continue;

    if (cluster.state === "removed") {
      strokes.push({ d: arcPath(centre, radius, from, to), width: 1, opacity: 1, kind: "removed", dash: "2 3" });
      continue;
    }
    const opacity = round2(Math.max(0.3, Math.min(1, (cluster.confidence - 0.28) / 0.62)) * ring.fade);
    for (const texture of textureOf(ring.component, { centre, radius, width, from, to, size })) {
      strokes.push({ ...texture, width: round2(texture.width), opacity, kind: "arc" });
    }
    if (cluster.state === "added") {
      const rim = radius + width / 2 + Math.max(1.2, size * 0.008);
      strokes.push({ d: arcPath(centre, rim, from, to), width: size < 96 ? 1.25 : 2, opacity: 1, kind: "added" });
    }
  }
  return strokes;
}

/** Alpha solid, beta ridges, delta ticks, epsilon dots: the rings can be told apart in greyscale. */
function textureOf(component: ComponentKey, arc: Arc): Texture[] {
  if (arc.size < SOLID_BELOW || component === "alpha") {
    return [{ d: arcPath(arc.centre, arc.radius, arc.from, arc.to), width: arc.width }];
  }
  if (component === "beta") return ridges(arc);
  if (component === "delta") return ticks(arc);
  return dots(arc);
}

function ridges({ centre, radius, width, from, to, size }: Arc): Texture[] {
  const count = size < 96 ? 2 : size < 260 ? 3 : 5;
  const pitch = width / (count - 0.42);
  return Array.from({ length: count }, (_, index) => ({
    d: arcPath(centre, radius - width / 2 + pitch * 0.29 + index * pitch, from, to),
    width: pitch * 0.58,
  }));
}

function ticks({ centre, radius, width, from, to, size }: Arc): Texture[] {
  const length = (to - from) * radius;
  const wanted = size < 96 ? 2.5 : size < 260 ? 3.6 : 6;
  const pitch = length / Math.max(1, Math.round(length / wanted));
  return [
    {
      d: arcPath(centre, radius, from, to),
      width,
      dash: `${round2(pitch * 0.5)} ${round2(pitch * 0.5)}`,
      dashOffset: round2(-pitch * 0.25),
    },
  ];
}

function dots({ centre, radius, width, from, to, size }: Arc): Texture[] {
  const rows = size < 96 ? 1 : size < 260 ? 2 : 4;
  const gap = width / rows;
  const wanted = Math.max(size < 96 ? gap * 1.12 : gap, 1.5);
  return Array.from({ length: rows }, (_, row) => {
    const rowRadius = radius - width / 2 + gap * (row + 0.5);
    const length = (to - from) * rowRadius;
    const pitch = length / Math.max(1, Math.round(length / wanted));
    const isShifted = row % 2 === 1;
    return {
      // A shifted row would put half a dot past the end of its arc.
      d: arcPath(centre, rowRadius, from, isShifted ? to - 0.001 : to),
      width: Math.min(gap, pitch) * (rows === 1 ? 0.86 : 0.72),
      dash: `0 ${round2(pitch)}`,
      dashOffset: round2(-pitch / 2 - (isShifted ? pitch / 2 : 0)),
      round: true,
    };
  });
}
