import type { QuotaForecast } from "@/lib/billing/schemas";
import { axisMarks } from "./axis";

const dayMs = 24 * 60 * 60 * 1000;
/** Where the quota is not renewed, so many days ahead are drawn. */
const openDays = 30;

export type Point = { x: number; y: number };

/** A burn-down as it is drawn: everything in hundredths of the width and of the height, from the left and the top. */
export type BurnDownShape = {
  /** values at which there is a line across, the last one at the top */
  marks: { value: number; y: number }[];
  line: string;
  area: string;
  limitY: number;
  now: Point;
  band: string | null;
  ahead: string | null;
  /** where the estimate meets the quota */
  end: Point | null;
  from: number;
  to: number;
};

/**
 * @param now epoch milliseconds
 */
export function burnDownShape(quota: QuotaForecast, now: number): BurnDownShape {
  const { forecast, tokens_limit: limit, tokens_used: used } = quota;
  const from = Date.parse(quota.starts_at);
  const to = Math.max(quota.ends_at === null ? now + openDays * dayMs : Date.parse(quota.ends_at), now + 1);
  const daysLeft = (to - now) / dayMs;
  const ahead = (perDay: number) => used + perDay * daysLeft;
  const highest = Math.max(
    limit * 1.1,
    used * 1.05,
    forecast ? Math.min(ahead(forecast.tokens_per_day), limit * 2) : 0,
  );
  const values = axisMarks(highest);
  const max = values.at(-1) || 1;
  const x = (time: number) => round((100 * (time - from)) / (to - from));
  const y = (value: number) => round(100 - (100 * Math.min(value, max)) / max);
  const points = pointsOf(quota, from, now).map(({ time, value }) => ({ x: x(time), y: y(value) }));
  const here = points.at(-1) ?? { x: x(now), y: y(used) };
  const line = `M${points.map(pair).join("L")}`;
  return {
    marks: values.map((value) => ({ value, y: y(value) })),
    ...{ line, area: `${line}L${here.x} 100L${points[0]?.x ?? 0} 100Z`, limitY: y(limit), now: here, from, to },
    band:
      forecast &&
      bandOf(here, { low: ahead(forecast.slowest_per_day), high: ahead(forecast.fastest_per_day), used, max, y }),
    ahead: forecast && rayOf(here, { end: ahead(forecast.tokens_per_day), used, max, y }),
    end: endOf(forecast, { to, limit, x, y }),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const pair = ({ x, y }: Point): string => `${x} ${y}`;

/** What was used at the beginning, after each day, and now. */
function pointsOf({ days }: QuotaForecast, from: number, now: number): { time: number; value: number }[] {
  const [first] = days;
  const before = first ? first.used - first.taken + first.returned : 0;
  const after = days.map(({ day, used }) => ({ time: Math.min(Date.parse(day) + dayMs, now), value: used }));
  return [{ time: from, value: before }, ...after];
}

type Scale = { used: number; max: number; y: (value: number) => number };

/** A straight line to the right edge, or to where it leaves through the top. */
function rayEnd(here: Point, end: number, { used, max, y }: Scale): Point {
  if (end <= max) return { x: 100, y: y(end) };
  return { x: round(here.x + ((100 - here.x) * (max - used)) / (end - used)), y: 0 };
}

function rayOf(here: Point, { end, ...scale }: Scale & { end: number }): string {
  return `M${pair(here)}L${pair(rayEnd(here, end, scale))}`;
}

function bandOf(here: Point, { low, high, ...scale }: Scale & { low: number; high: number }): string {
  const upper = rayEnd(here, high, scale);
  const lower = rayEnd(here, low, scale);
  const corner = upper.y === 0 && upper.x < 100 && lower.x === 100 ? "L100 0" : "";
  return `M${pair(here)}L${pair(upper)}${corner}L${pair(lower)}Z`;
}

function endOf(
  forecast: QuotaForecast["forecast"],
  { to, limit, x, y }: { to: number; limit: number; x: (time: number) => number; y: (value: number) => number },
): Point | null {
  if (!forecast?.runs_out_at) return null;
  const time = Date.parse(forecast.runs_out_at);
  return time <= to ? { x: x(time), y: y(limit) } : null;
}
