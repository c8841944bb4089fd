import { expect, test } from "vitest";
import { tooltipPlace } from "./tooltip-place";

const view = { width: 400, height: 300 };
const tip = { width: 80, height: 20 };

test("stands over the middle of what it explains", () => {
  const anchor = { left: 180, top: 100, width: 40, height: 30 };
  expect(tooltipPlace(anchor, tip, view, "top")).toEqual({ left: 160, top: 74 });
  expect(tooltipPlace(anchor, tip, view, "right")).toEqual({ left: 226, top: 105 });
});

test("goes to the other side where the wanted one has no room", () => {
  expect(tooltipPlace({ left: 180, top: 4, width: 40, height: 30 }, tip, view, "top")).toEqual({ left: 160, top: 40 });
  expect(tooltipPlace({ left: 340, top: 100, width: 40, height: 30 }, tip, view, "right").left).toBe(254);
});

test("stays inside the window", () => {
  expect(tooltipPlace({ left: 0, top: 100, width: 20, height: 30 }, tip, view, "top").left).toBe(8);
  expect(tooltipPlace({ left: 390, top: 100, width: 10, height: 30 }, tip, view, "top").left).toBe(312);
});
