import { componentKeys, type ComponentKey } from "@/components/fingerprint/components";

/** The page's tokens as WebGL and canvas need them. */
export type GraphColours = {
  ground: string;
  over: string;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  line2: string;
  accent: string;
  hues: Record<ComponentKey, string>;
  font: string;
};

export function readColours(element: Element): GraphColours {
  const style = getComputedStyle(element);
  const canvas = document.createElement("canvas").getContext("2d");
  // a build may write a token shorter, as #fff or by its name: a canvas tells it in six digits
  const token = (name: string) => {
    const written = style.getPropertyValue(`--${name}`).trim();
    if (canvas === null) return written;
    canvas.fillStyle = written;
    return canvas.fillStyle;
  };
  return {
    ground: token("bg"),
    over: token("over"),
    ink: token("ink"),
    ink2: token("ink-2"),
    ink3: token("ink-3"),
    line: token("line"),
    line2: token("line-2"),
    accent: token("accent"),
    hues: Object.fromEntries(componentKeys.map((key) => [key, token(key)])) as Record<ComponentKey, string>,
    font: style.fontFamily,
  };
}

/** A colour as it looks over the ground at some opacity: WebGL draws opaque, so that what crosses does not add up. */
export function over(colour: string, ground: string, opacity: number): string {
  const [top, below] = [channels(colour), channels(ground)];
  const mixed = top.map((value, at) => Math.round(value * opacity + (below[at] ?? 0) * (1 - opacity)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @returns red, green and blue, 0–255, of `#rrggbb` or `#rgb`; black for what is none */
export function channels(colour: string): [number, number, number] {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const digits = short
    ? short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")
    : (/^#([0-9a-f]{6})/i.exec(colour)?.[1] ?? "000000");
  const at = (place: number) => Number.parseInt(digits.slice(place, place + 2), 16);
  return [at(0), at(2), at(4)];
}
