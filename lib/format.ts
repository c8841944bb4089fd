const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0 });

/** 36900 → "36,900" */
export const formatCount = (value: number): string => whole.format(value);

/** "1 document", "3 documents" */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

/**
 * Money as people read it: cents, or as many digits as a small amount needs.
 * @param usd US dollars
 */
export function formatUsd(usd: number): string {
  const digits = usd === 0 || Math.abs(usd) >= 0.01 ? 2 : Math.abs(usd) >= 0.0001 ? 4 : 6;
  return `${usd < 0 ? "−" : ""}$${Math.abs(usd).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** A ceiling: rounded up to the cent, because "at most" must never be too low. @param usd US dollars */
export const formatUsdCeiling = (usd: number): string => formatUsd(Math.ceil(Math.round(usd * 1e6) / 1e4) / 100);

/** 0.7412 → "74%". @param share 0–1 */
export const formatShare = (share: number): string => percent.format(share);

/** 31_457_280 → "31 MB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
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
  const isThisYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
  return isThisYear ? formatDay(iso).replace(/ \d{4}$/, "") : formatDay(iso);
}

/** "5 April 2026", in the reader's time zone. */
export const formatDay = (iso: string): string =>
  new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** A wallet address, short enough for a list: its first and last four digits. */
export const shortAddress = (address: string): string =>
  address.length > 12 ? `${address.slice(0, 6)}…${address.slice(-4)}` : address;

const hundredths = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 0.8143 → "0.81": a confidence or a closeness. */
export const formatHundredths = (value: number): string => hundredths.format(value);

/** "21 Nov, 09:52", in the reader's time zone. */
export const formatDayTime = (iso: string): string =>
  new Date(iso).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "17 November": a day of UTC, as reports count them. @param day YYYY-MM-DD */
export const formatUtcDay = (day: string): string => utcDayAs(day, { day: "numeric", month: "long" });

/** The same on an axis: "17 Nov", or "Nov 2025" where a year is too long for days to say which. */
export const formatUtcMark = (day: string, days: number): string =>
  utcDayAs(day, days > 180 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" });

function utcDayAs(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { ...format, timeZone: "UTC" });
}
