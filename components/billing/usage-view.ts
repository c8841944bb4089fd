import type { SpanQuery, UsageReport, WorkFilter } from "@/lib/billing/schemas";
import { UsageSplit, WorkKind } from "@/lib/billing/schemas";
import type { Measure } from "./usage-measure";

const dayMs = 24 * 60 * 60 * 1000;

export const ranges = ["period", "previous", "7", "30", "90", "365", "custom"] as const;
export type Range = (typeof ranges)[number];

/** What narrows the numbers down, by its name in the address bar. */
export const filterNames = ["kind", "model", "face", "key"] as const;
export type FilterName = (typeof filterNames)[number];

/** What of the usage is looked at, and how: all of it stands in the address bar. */
export type UsageView = {
  range: Range;
  /** of a span of other dates: its first and its last day, in UTC */
  first: string;
  last: string;
  split: UsageSplit;
  /** null: whichever says more */
  measure: Measure | null;
  isTable: boolean;
  filter: Partial<Record<FilterName, string>>;
  /** a day of UTC whose rows are wanted */
  day: string | null;
  rows: "work" | "ledger";
  entries: "money" | "all";
  /** where the page of rows begins; null: at the newest */
  after: string | null;
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Reads the address bar. What is unknown there is as if it were not. */
export function readUsageView(params: URLSearchParams): UsageView {
  const text = (name: string) => params.get(name) ?? "";
  const day = text("day");
  const filter: UsageView["filter"] = {};
  for (const name of filterNames) {
    const value = text(name);
    if (value !== "" && (name !== "kind" || WorkKind.safeParse(value).success)) filter[name] = value;
  }
  return {
    range: ranges.find((each) => each === text("range")) ?? "period",
    first: text("from"),
    last: text("to"),
    split: UsageSplit.safeParse(text("by")).data ?? "kind",
    measure: text("in") === "cost" || text("in") === "tokens" ? (text("in") as Measure) : null,
    isTable: text("view") === "table",
    filter,
    day: isDay(day) ? day : null,
    rows: text("rows") === "ledger" ? "ledger" : "work",
    entries: text("entries") === "all" ? "all" : "money",
    after: text("after") === "" ? null : text("after"),
  };
}

/** The address bar of a view: only what differs from what one sees first. Other parameters stay. */
export function writeUsageView(view: UsageView, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  const values: Record<string, string> = {
    range: view.range === "period" ? "" : view.range,
    from: view.range === "custom" ? view.first : "",
    to: view.range === "custom" ? view.last : "",
    by: view.split === "kind" ? "" : view.split,
    in: view.measure ?? "",
    view: view.isTable ? "table" : "",
    day: view.day ?? "",
    rows: view.rows === "work" ? "" : view.rows,
    entries: view.entries === "money" ? "" : view.entries,
    after: view.after ?? "",
  };
  for (const name of filterNames) values[name] = view.filter[name] ?? "";
  for (const [name, value] of Object.entries(values)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/**
 * The span that is asked for, as the API takes it, in days of UTC.
 *
 * @param now epoch milliseconds
 * @returns null: the dates make no span
 */
export function spanOf(
  { range, first, last }: Pick<UsageView, "range" | "first" | "last">,
  now: number,
): SpanQuery | null {
  if (range === "period") return { period: "current" };
  if (range === "previous") return { period: "previous" };
  if (range === "custom") {
    if (!isDay(first) || !isDay(last)) return null;
    const to = Date.parse(last) + dayMs;
    const days = (to - Date.parse(first)) / dayMs;
    return days < 1 || days > 366 ? null : { from: first, to: isoDay(to) };
  }
  const to = (Math.floor(now / dayMs) + 1) * dayMs;
  return { from: isoDay(to - Number(range) * dayMs), to: isoDay(to) };
}

/** One day of what is shown: the part of it that lies within the span. */
export function dayWithin(day: string, { from, to }: Pick<UsageReport, "from" | "to">): SpanQuery | null {
  const start = Math.max(Date.parse(day), Date.parse(from));
  const end = Math.min(Date.parse(day) + dayMs, Date.parse(to));
  return start < end ? { from: new Date(start).toISOString(), to: new Date(end).toISOString() } : null;
}

/** The filter as the API takes it. @param without a list of models shows the others too, whichever is chosen */
export function toWorkFilter(filter: UsageView["filter"], without?: FilterName): WorkFilter {
  const { kind, model, face, key } = Object.fromEntries(
    Object.entries(filter).filter(([name]) => name !== without),
  ) as UsageView["filter"];
  return {
    ...(kind === undefined ? {} : { kind: WorkKind.parse(kind) }),
    ...(model === undefined ? {} : { model }),
    ...(face === undefined ? {} : { face_id: face }),
    ...(key === undefined ? {} : { api_key_id: key }),
  };
}
