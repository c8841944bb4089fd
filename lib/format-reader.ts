/** For whom numbers and times are written. */
export type Reader = {
  /** BCP 47: how numbers and money look */
  numbers: string;
  /** English, as it is written where the reader is: how days look among English words */
  days: string;
  /** IANA, like "Europe/Berlin" */
  timeZone: string;
};

/** Everybody, until it is known who reads: on the server and in the first drawing of a page, which must be alike. */
const nobody: Reader = { numbers: "en-US", days: "en-US", timeZone: "UTC" };

let reader = nobody;
let made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Writes for this reader from now on; null for nobody in particular. */
export function setReader(next: Reader | null): void {
  reader = next ?? nobody;
  made = new Map();
}

/** In these the currency stands among marks of direction, which an English sentence does not bear. */
const rightToLeft = new Set(["ar", "fa", "he", "ur", "ps", "ug", "yi", "ckb", "sd", "dv"]);

/**
 * Whom a browser is for. The words stay English, so days do too, in the order and with the clock of the reader's
 * region; numbers are written as in the reader's own language.
 *
 * @param language as `navigator.language` has it
 */
export function readerOf(language: string, timeZone: string): Reader {
  const locale = localeOf(language);
  const region = locale.maximize().region;
  const days = region ? `en-${region}` : nobody.days;
  // where English is not at home it would be written as in the USA, month first
  const isKnown = new Intl.DateTimeFormat(days).resolvedOptions().locale === days;
  const numbers = rightToLeft.has(locale.language) ? nobody.numbers : locale.toString();
  return { numbers, days: isKnown ? days : "en-GB", timeZone };
}

function localeOf(language: string): Intl.Locale {
  try {
    return new Intl.Locale(language);
  } catch {
    // "C" and the like, of systems without a language
    return new Intl.Locale(nobody.numbers);
  }
}

/** Making a formatter is a thousand times dearer than using one. */
export function numbersBy(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = made.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const format = new Intl.NumberFormat(reader.numbers, { numberingSystem: "latn", ...options });
  made.set(key, format);
  return format;
}

/** The same for days and times, in the reader's time zone unless the options name one. */
export function daysBy(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = made.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const format = new Intl.DateTimeFormat(reader.days, { timeZone: reader.timeZone, ...options });
  made.set(key, format);
  return format;
}
