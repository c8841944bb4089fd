import type { ComponentKey } from "./components";
import { round2 } from "./fingerprint-paths";

const TAU = Math.PI * 2;

/** The texture and hue of one ring as a small sign, for lists, legends and filters. */
export function RingKey({
  component,
  size = 14,
  className,
}: {
  component: ComponentKey;
  size?: number;
  className?: string;
}) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} fill="none" aria-hidden className={className}>
      <Sign component={component} size={size} />
    </svg>
  );
}

function Sign({ component, size }: { component: ComponentKey; size: number }) {
  const centre = size / 2;
  const hue = `var(--${component})`;
  switch (component) {
    case "alpha":
      return <circle cx={centre} cy={centre} r={size * 0.36} fill={hue} />;
    case "beta":
      return (
        <g stroke={hue} strokeWidth={size * 0.11}>
          <circle cx={centre} cy={centre} r={size * 0.42} />
          <circle cx={centre} cy={centre} r={size * 0.21} />
        </g>
      );
    case "delta": {
      const pitch = (TAU * size * 0.35) / 8;
      const dash = `${round2(pitch * 0.46)} ${round2(pitch * 0.54)}`;
      return (
        <circle
          cx={centre}
          cy={centre}
          r={size * 0.35}
          stroke={hue}
          strokeWidth={round2(size * 0.27)}
          strokeDasharray={dash}
        />
      );
    }
    case "epsilon":
      return (
        <g fill={hue}>
          {Array.from({ length: 6 }, (_, index) => {
            const angle = (TAU * index) / 6 - Math.PI / 2;
            const x = round2(centre + size * 0.35 * Math.cos(angle));
            const y = round2(centre + size * 0.35 * Math.sin(angle));
            return <circle key={index} cx={x} cy={y} r={round2(size * 0.115)} />;
          })}
        </g>
      );
  }
}
