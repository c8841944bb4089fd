import { fingerprintRings, type RingForm, type RingOptions, solidBelow } from "@/lib/faces/fingerprint-rings";
import type { ComponentKey, FingerprintData } from "./components";

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

export type FingerprintOptions = RingOptions;

type Arc = { centre: number; radius: number; width: number; from: number; to: number; size: number };
type Texture = Pick<ArcStroke, "d" | "width" | "dash" | "dashOffset" | "round">;

const TAU = Math.PI * 2;

export const round2 = (value: number): number => Math.round(value * 100) / 100;

/**
 * The rings of a face's fingerprint as SVG paths.
 *
 * @param size side of the square drawing, in pixels
 */
export function fingerprintPaths(data: FingerprintData, size: number, options: FingerprintOptions = {}): Ring[] {
  const centre = size / 2;
  return fingerprintRings(data, size, options).map((ring) => {
    const { component, radius, width, total, progress, start, sweep, arcs } = ring;
    const isDrawn = total > 0 && progress > 0;
    return {
      component,
      radius: round2(radius),
      width: round2(width),
      count: (data[component] ?? []).reduce((sum, cluster) => sum + (cluster.state === "removed" ? 0 : cluster.n), 0),
      track: isDrawn && progress >= 1 ? null : trackOf(size, isDrawn),
      strokes: arcs.flatMap((arc) => arcStrokes(ring, arc, { centre, size })),
      head:
        isDrawn && progress < 1 && size >= solidBelow
          ? { ...pointAt(centre, radius, start + sweep), r: round2(Math.max(1.6, size * 0.012)) }
          : null,
    };
  });
}

function trackOf(size: number, hasArcs: boolean): Ring["track"] {
  return { width: size < 96 ? 1 : 1.25, dash: hasArcs ? null : size < solidBelow ? "1 1.6" : "2 3" };
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

function arcStrokes(
  { component, radius, width }: RingForm,
  { from, to, opacity, cluster }: RingForm["arcs"][number],
  { centre, size }: { centre: number; size: number },
): ArcStroke[] {
  if (cluster.state === "removed") {
    return [{ d: arcPath(centre, radius, from, to), width: 1, opacity: 1, kind: "removed", dash: "2 3" }];
  }
  const strokes = textureOf(component, { centre, radius, width, from, to, size }).map((texture): ArcStroke => ({
    ...texture,
    width: round2(texture.width),
    opacity: round2(opacity),
    kind: "arc",
  }));
  if (cluster.state === "added") {
    const rim = radius + width / 2 + Math.max(1.2, size * 0.008);
    strokes.push({ d: arcPath(centre, rim, from, to), width: size < 96 ? 1.25 : 2, opacity: 1, kind: "added" });
  }
  return strokes;
}

/** Alpha solid, beta ridges, delta ticks, epsilon dots: the rings can be told apart in greyscale. */
function textureOf(component: ComponentKey, arc: Arc): Texture[] {
  if (arc.size < solidBelow || component === "alpha") {
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
