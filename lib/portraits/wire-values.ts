import { z } from "zod";

/*
 * Values as forms say them: every one is a string, Python writes True, and a field that is there but empty says nothing.
 * JSON's own values are taken as they are.
 */

const yes = /^(?:true|t|1|yes|y|on)$/iu;
const no = /^(?:false|f|0|no|n|off)$/iu;

/** "" and null are as if the field were not there. */
export function blank(value: unknown): unknown {
  return value === null || (typeof value === "string" && value.trim() === "") ? undefined : value;
}

function toBoolean(value: unknown): unknown {
  const told = blank(value);
  const text = typeof told === "number" ? String(told) : told;
  if (typeof text !== "string") return text;
  if (yes.test(text.trim())) return true;
  return no.test(text.trim()) ? false : text;
}

function toNumber(value: unknown): unknown {
  const told = blank(value);
  if (typeof told !== "string") return told;
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/iu.test(told.trim()) ? Number(told) : told;
}

function toText(value: unknown): unknown {
  const told = blank(value);
  return typeof told === "number" || typeof told === "boolean" ? String(told) : told;
}

/** true, "True", "1", 1, "on" … */
export const wireBoolean = z.preprocess(toBoolean, z.boolean("must be true or false").optional());

/** 3, "3" */
export function wireInteger(min: number, max: number) {
  const range = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(toNumber, z.number(range).int(range).min(min, range).max(max, range).optional());
}

/** 0.5, "0.5" */
export function wireNumber(min: number, max: number) {
  const range = `must be a number from ${min} to ${max}`;
  return z.preprocess(toNumber, z.number(range).min(min, range).max(max, range).optional());
}

/** A text; a number is taken as one, as forms do. */
export function wireText(maxLength: number) {
  return z.preprocess(toText, z.string().trim().max(maxLength).optional());
}

/** One thing or several: `image_urls[]`, `image_urls`, a list. */
export function wireList<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess((value) => {
    const told = blank(value);
    const list = told === undefined || Array.isArray(told) ? told : [told];
    return Array.isArray(list) ? list.filter((one) => blank(one) !== undefined) : list;
  }, z.array(item).max(max).optional());
}
