import { daysBy, numbersBy } from "./format-reader";

/** 36900 → "36,900" */
export const formatCount = (value: number): string => numbersBy({ maximumFractionDigits: 0 }).format(value);

/** "1 document", "3 documents" */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

/**
 * Money as people read it: cents, or as many digits as a small amount needs.
 * @param usd US dollars
 */
export function formatUsd(usd: number): string {
  const digits = usd === 0 || Math.abs(usd) >= 0.01 ? 2 : Math.abs(usd) >= 0.0001 ? 4 : 6;
  const money = numbersBy({
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return money.format(usd).replace("-", "−");
}

/** 36900 → "36.9K", for axes. */
export const formatCompact = (value: number): string =>
  numbersBy({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** Money with a fixed number of digits, as on an axis or in a column. @param amount in the currency's main unit */
export function formatMoney(amount: number, digits: number, currency = "USD"): string {
  const options = { style: "currency", currencyDisplay: "narrowSymbol", currency: currency.toUpperCase() } as const;
  const money = numbersBy({ ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return money.format(amount).replace("-", "−");
}

/** A ceiling: rounded up to the cent, because "at most" must never be too low. @param usd US dollars */
export const formatUsdCeiling = (usd: number): string => formatUsd(Math.ceil(Math.round(usd * 1e6) / 1e4) / 100);

/** 0.7412 → "74%". @param share 0–1 */
export const formatShare = (share: number): string =>
  numbersBy({ style: "percent", maximumFractionDigits: 0 }).format(share);

/** 31_457_280 → "31 MB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, "byte");
  if (bytes < 1e6) return `${formatCount(Math.round(bytes / 1000))} kB`;
  const digits = bytes < 1e7 ? 1 : 0;
  const megabytes = numbersBy({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${megabytes.format(bytes / 1e6)} MB`;
}

/** 80 → "1 min 20 s". @param seconds a duration */
export function formatDuration(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min${rounded % 60 ? ` ${rounded % 60} s` : ""}`;
  return `${Math.floor(rounded / 3600)} h ${Math.round((rounded % 3600) / 60)} min`;
}

/**
 * How long ago, in the words one would use.
 * @param iso an ISO-8601 time
 * @param now epoch milliseconds
 */
export function formatAgo(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${countOf(minutes, "minute")} ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${countOf(hours, "hour")} ago`;
  if (hours < 48) return "yesterday";
  if (hours < 24 * 7) return `${Math.floor(hours / 24)} days ago`;
  const year = daysBy({ year: "numeric" });
  if (year.format(Date.parse(iso)) !== year.format(now)) return formatDay(iso);
  return daysBy({ day: "numeric", month: "long" }).format(Date.parse(iso));
}

/** "April 5, 2026", or "5 April 2026" where one writes it so. In the reader's time zone. */
export const formatDay = (iso: string): string =>
  daysBy({ day: "numeric", month: "long", year: "numeric" }).format(Date.parse(iso));

/** The same with the time of day: "April 5, 2026 at 3:04 PM". */
export const formatDateTime = (iso: string): string =>
  daysBy({ day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" }).format(
    Date.parse(iso),
  );

/** "April 2026" */
export const formatMonth = (iso: string): string => daysBy({ month: "long", year: "numeric" }).format(Date.parse(iso));

/** A wallet address, short enough for a list: its first and last four digits. */
export const shortAddress = (address: string): string =>
  address.length > 12 ? `${address.slice(0, 6)}…${address.slice(-4)}` : address;

/** 0.8143 → "0.81": a confidence or a closeness. */
export const formatHundredths = (value: number): string =>
  numbersBy({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** 8.34 → "8.3" */
export const formatTenths = (value: number): string =>
  numbersBy({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** "Nov 21, 9:52 AM", in the reader's time zone. */
export const formatDayTime = (iso: string): string =>
  daysBy({ day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(Date.parse(iso));

/** "November 17": a day of UTC, as reports count them. @param day YYYY-MM-DD */
export const formatUtcDay = (day: string): string => utcDayAs(day, { day: "numeric", month: "long" });

/** The same on an axis: "Nov 17", or "Nov 2025" where a year is too long for days to say which. */
export const formatUtcMark = (day: string, days: number): string =>
  utcDayAs(day, days > 180 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" });

function utcDayAs(day: string, format: Intl.DateTimeFormatOptions): string {
  return daysBy({ ...format, timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
}
