import type { FingerprintData } from "@/components/fingerprint/components";
import { fingerprintPaths } from "@/components/fingerprint/fingerprint-paths";

const size = 32;
/** A tab's icon stands outside of the page, where its tokens are unknown: the middle of both themes. */
const hues = { alpha: "#7f9d4d", beta: "#c27a2c", delta: "#2b8fa3", epsilon: "#9a4a86" } as const;

/** A face's fingerprint as the address of a picture, for the tab of its page. */
export function fingerprintIcon(data: FingerprintData): string {
  const paths = fingerprintPaths(data, size).flatMap(({ component, strokes }) =>
    strokes.map(
      ({ d, width, opacity }) =>
        `<path d="${d}" stroke="${hues[component]}" stroke-width="${width}" opacity="${opacity}"/>`,
    ),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" fill="none">${paths.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
