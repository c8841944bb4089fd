type Parts = [number, number, number];

const dayPattern = /(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})/u;
const clockPattern = /(?:^|[^\d.:/-])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?[\s\u00a0\u202f]*([ap])?/iu;

/**
 * Brings the times of one export, in its order, into one form: `2024-05-01 10:00`, or `10:00` where no day is told.
 *
 * Whether 3/4 is in March or April is told by the whole file: by a number above twelve, else by the order in which days
 * run forwards, else by a twelve-hour clock, which means the American order.
 */
export function resolveTimes(stamps: readonly (string | null)[]): (string | undefined)[] {
  const days = stamps.map((stamp) => partsOf(stamp ?? ""));
  const order = dayOrder(days, stamps);
  let day: string | undefined;
  return stamps.map((stamp, index) => {
    if (stamp === null) return undefined;
    const parts = days[index];
    if (parts) day = toIsoDay(parts, order);
    // seconds matter in a recording, not in a day
    const time = parts ? toClock(stamp.replace(dayPattern, " "))?.slice(0, 5) : toClock(stamp);
    return [day, time].filter((part) => part !== undefined).join(" ") || undefined;
  });
}

function partsOf(stamp: string): Parts | undefined {
  const match = dayPattern.exec(stamp);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

type Order = "dmy" | "mdy";

function dayOrder(days: (Parts | undefined)[], stamps: readonly (string | null)[]): Order {
  const told = days.filter((parts) => parts !== undefined);
  if (told.some(([first]) => first > 12 && first <= 31)) return "dmy";
  if (told.some(([, second]) => second > 12)) return "mdy";
  const steps = { dmy: backwardSteps(told, "dmy"), mdy: backwardSteps(told, "mdy") };
  if (steps.dmy !== steps.mdy) return steps.dmy < steps.mdy ? "dmy" : "mdy";
  return stamps.some((stamp) => stamp !== null && /\/.*[ap]\.?\s?m/iu.test(stamp)) ? "mdy" : "dmy";
}

function backwardSteps(days: Parts[], order: Order): number {
  const isoDays = days.map((parts) => toIsoDay(parts, order) ?? "");
  return isoDays.filter((isoDay, index) => isoDay < (isoDays[index - 1] ?? "")).length;
}

function toIsoDay([first, second, third]: Parts, order: Order): string | undefined {
  const isYearFirst = first > 31;
  const year = isYearFirst ? first : third;
  const month = isYearFirst || order === "mdy" ? (isYearFirst ? second : first) : second;
  const dayOfMonth = isYearFirst ? third : order === "mdy" ? second : first;
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return undefined;
  const full = year < 100 ? 2000 + year : year;
  return `${String(full).padStart(4, "0")}-${two(month)}-${two(dayOfMonth)}`;
}

/** `HH:MM` or `HH:MM:SS`, of 24 hours. */
function toClock(stamp: string): string | undefined {
  const match = clockPattern.exec(` ${stamp}`);
  if (!match) return undefined;
  const half = match[4]?.toLowerCase();
  const told = Number(match[1]);
  const hours = half === undefined ? told : (told % 12) + (half === "p" ? 12 : 0);
  return `${two(hours)}:${match[2] ?? "00"}${match[3] === undefined ? "" : `:${match[3]}`}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** `2024-05-01 10:00` of an ISO time as it is written there, or of seconds since 1970 in UTC. */
export function toThreadTime(time: string | number | null | undefined): string | undefined {
  if (typeof time === "number") {
    const date = new Date(time * 1000);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 16).replace("T", " ");
  }
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/u.exec(time ?? "");
  return match ? `${match[1]} ${match[2]}` : undefined;
}
