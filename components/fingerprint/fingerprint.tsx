import { componentNames, type ComponentKey, type FingerprintData } from "./components";
import { fingerprintPaths, round2, type ArcStroke, type FingerprintOptions, type Ring } from "./fingerprint-paths";

type FingerprintProps = FingerprintOptions & {
  data: FingerprintData;
  /** Side in pixels. Readable from 20 to 400. */
  size: number;
  /** Draws in the text colour only. */
  mono?: boolean;
  /** Leader lines with the names of the components, for large sizes. */
  labels?: boolean;
  /** Accessible name; without one the drawing is decoration. */
  title?: string;
  className?: string;
};

/** A face's fingerprint: four rings drawn from nothing but its graph. */
export function Fingerprint({ data, size, mono, labels, title, className, progress, focus }: FingerprintProps) {
  const rings = fingerprintPaths(data, size, { progress, focus });
  const width = labels ? round2(size * 1.05 + 116) : size;

  return (
    <svg
      className={className}
      width={width}
      height={size}
      viewBox={`0 0 ${width} ${size}`}
      fill="none"
      overflow="visible"
      {...(title ? { role: "img", "aria-label": title } : { "aria-hidden": true })}
    >
      {rings.map((ring) => (
        <RingArcs key={ring.component} ring={ring} centre={size / 2} mono={mono === true} />
      ))}
      {labels ? rings.map((ring) => <Leader key={ring.component} ring={ring} size={size} />) : null}
    </svg>
  );
}

function RingArcs({ ring, centre, mono }: { ring: Ring; centre: number; mono: boolean }) {
  return (
    <g data-ring={ring.component}>
      {ring.track ? (
        <circle
          cx={centre}
          cy={centre}
          r={ring.radius}
          stroke="var(--fp-track, currentColor)"
          strokeWidth={ring.track.width}
          strokeDasharray={ring.track.dash ?? undefined}
        />
      ) : null}
      {ring.strokes.map((stroke, index) => (
        <path
          key={index}
          d={stroke.d}
          stroke={strokeColour(stroke, ring.component, mono)}
          strokeWidth={stroke.width}
          opacity={stroke.opacity}
          strokeDasharray={stroke.dash}
          strokeDashoffset={stroke.dashOffset}
          strokeLinecap={stroke.round ? "round" : undefined}
        />
      ))}
      {ring.head ? <circle cx={ring.head.x} cy={ring.head.y} r={ring.head.r} fill="var(--ink, currentColor)" /> : null}
    </g>
  );
}

function strokeColour(stroke: ArcStroke, component: ComponentKey, mono: boolean): string {
  if (stroke.kind === "removed") return "var(--ink-3, currentColor)";
  if (stroke.kind === "added") return "var(--accent, currentColor)";
  return mono ? "currentColor" : `var(--${component})`;
}

/** Each leader leaves its ring at its own height, as a share of the outer radius, so that none cross. */
const leaderRows: Record<ComponentKey, number> = { epsilon: -0.68, delta: -0.41, beta: -0.15, alpha: 0.11 };

function Leader({ ring, size }: { ring: Ring; size: number }) {
  const centre = size / 2;
  const y = centre + leaderRows[ring.component] * (centre - Math.max(0.5, size * 0.012));
  const x = round2(centre + Math.sqrt(Math.max(0, ring.radius ** 2 - (y - centre) ** 2)));
  const end = size * 1.05;
  const { name, letter } = componentNames[ring.component];

  return (
    <g>
      <path d={`M${x} ${round2(y)}H${round2(end)}`} stroke="var(--ink-3)" strokeWidth={1} />
      <circle cx={x} cy={round2(y)} r={2.5} fill="var(--bg)" stroke="var(--ink)" strokeWidth={1.25} />
      <text x={round2(end + 8)} y={round2(y - 1)} className="fill-ink text-2 font-strong">
        {name}
      </text>
      <text x={round2(end + 8)} y={round2(y + 14)} className="fill-ink-3 font-mono text-1">
        {letter} {ring.component} · {ring.count}
      </text>
    </g>
  );
}
