import type { TooltipSide } from "./tooltip";

type Box = { left: number; top: number; width: number; height: number };

const gap = 6;
/** From the edges of the window. */
const margin = 8;
const opposite = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;

/**
 * Where a tooltip goes: on the wanted side of what it explains, on the other one where that has no room, and never
 * past the edge of the window. All in pixels of the window.
 */
export function tooltipPlace(
  anchor: Box,
  tip: { width: number; height: number },
  view: { width: number; height: number },
  wanted: TooltipSide,
): { left: number; top: number } {
  const room = {
    top: anchor.top - gap - margin,
    bottom: view.height - anchor.top - anchor.height - gap - margin,
    left: anchor.left - gap - margin,
    right: view.width - anchor.left - anchor.width - gap - margin,
  };
  const isFlat = wanted === "left" || wanted === "right";
  const needed = isFlat ? tip.width : tip.height;
  const side = room[wanted] >= needed || room[opposite[wanted]] < needed ? wanted : opposite[wanted];
  const middle = {
    left: anchor.left + anchor.width / 2 - tip.width / 2,
    top: anchor.top + anchor.height / 2 - tip.height / 2,
  };
  const place = {
    top: { left: middle.left, top: anchor.top - gap - tip.height },
    bottom: { left: middle.left, top: anchor.top + anchor.height + gap },
    left: { left: anchor.left - gap - tip.width, top: middle.top },
    right: { left: anchor.left + anchor.width + gap, top: middle.top },
  }[side];
  const within = (value: number, size: number, end: number) => Math.max(margin, Math.min(value, end - size - margin));
  return { left: within(place.left, tip.width, view.width), top: within(place.top, tip.height, view.height) };
}
