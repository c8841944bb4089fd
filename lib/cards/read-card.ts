import { z } from "zod";
import { AppError, InvalidInputError } from "@/lib/errors";
import { isJsonObject, type JsonObject, parseJson } from "@/lib/json";
import { ForeignCard } from "./foreign-card-schema";
import { isPng, readPngTexts } from "@/lib/png-chunks";
import { cardFormat, FacesExtension } from "./card-schema";

/** What a card came as: one of ours, whole, or anybody's. */
export type ReadCard =
  { kind: "faces"; extension: FacesExtension } | { kind: "foreign"; version: "v1" | "v2" | "v3"; card: ForeignCard };

const megabyte = 1024 * 1024;
/** Of a card's JSON. Texts of a whole face fit in; what is larger is no card. */
const maxCardBytes = 40 * megabyte;
/** Arrays and objects in each other: cards have some ten. */
const maxDepth = 64;
/** Values in lists and objects. The largest faces have some hundred thousand; what is nothing but lists has millions. */
const maxValues = 3_000_000;

/**
 * Reads a Character Card: JSON of version 1, 2 or 3, alone or in a PNG. The largest take seconds; use a worker.
 *
 * @throws {AppError} `unsupported_type` no card; `unreadable` damaged; `too_large`
 * @throws {InvalidInputError} one of ours, in which something is not as it must be
 */
export function readCard(bytes: Uint8Array): ReadCard {
  const json = isPng(bytes) ? cardInPng(bytes) : textOf(bytes);
  requireReadable(json);
  const value = parseJson(json);
  if (!isJsonObject(value)) throw noCard(isPng(bytes) ? "The text in the picture is no JSON." : notJson(bytes));
  return toCard(value);
}

function cardInPng(bytes: Uint8Array): string {
  // base64 is a third longer
  const texts = readPngTexts(bytes, ["ccv3", "chara"], Math.ceil((maxCardBytes * 4) / 3) + 4);
  const text = (texts.find(({ keyword }) => keyword === "ccv3") ?? texts[0])?.text;
  if (text === undefined) throw noCard("The picture holds no card: it has neither a ccv3 nor a chara text.");
  const trimmed = text.trim();
  // some writers leave the base64 out
  return trimmed.startsWith("{") ? trimmed : textOf(Buffer.from(trimmed, "base64"));
}

function textOf(bytes: Uint8Array): string {
  if (bytes.byteLength > maxCardBytes) {
    throw new AppError("too_large", `The card is larger than ${maxCardBytes / megabyte} MB.`, { param: "file" });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw noCard("The file is neither a PNG nor a text in UTF-8.");
  }
}

function notJson(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) return "This is an archive (CHARX). Export the card as JSON or PNG, and import that.";
  return "The file is no JSON object.";
}

function toCard(value: JsonObject): ReadCard {
  const data = isJsonObject(value["data"]) ? value["data"] : value;
  const extensions = isJsonObject(data["extensions"]) ? data["extensions"] : {};
  if (isJsonObject(extensions["faces"])) return { kind: "faces", extension: ownExtension(extensions["faces"]) };
  const version = versionOf(value);
  if (version === null) {
    throw noCard("The JSON has no `spec` of a character card, and not the fields of one of version 1.");
  }
  return { kind: "foreign", version, card: ForeignCard.parse(data) };
}

function ownExtension(value: JsonObject): FacesExtension {
  if (typeof value["format"] === "number" && value["format"] > cardFormat) {
    throw new InvalidInputError("The card was made by a newer version of Faces than this one.", "extensions.faces");
  }
  const parsed = FacesExtension.safeParse(storable(value));
  if (parsed.success) return withoutVoices(parsed.data);
  const [issue] = parsed.error.issues;
  const place = ["extensions", "faces", ...(issue?.path ?? [])].map(String).join(".");
  throw new InvalidInputError(`The card is damaged at ${place}: ${issue?.message ?? "not as expected"}.`, place);
}

/** Voices are measured anew of the threads; what a card says of them is anything at all. */
function withoutVoices({ face, parts, ...rest }: FacesExtension): FacesExtension {
  return { ...rest, face: { ...face, voice: null }, parts: parts.map((part) => ({ ...part, voice: null })) };
}

/** Version 1 has no name of its own: six texts, of which the first two are always there. */
const VersionOne = z.looseObject({ name: z.string(), description: z.string() });

function versionOf(value: JsonObject): "v1" | "v2" | "v3" | null {
  if (value["spec"] === "chara_card_v3") return "v3";
  if (value["spec"] === "chara_card_v2") return "v2";
  return value["spec"] === undefined && VersionOne.safeParse(value).success ? "v1" : null;
}

/**
 * Looks at the text, since whoever walks what is nested deep enough runs out of stack, and whoever builds millions of
 * values out of memory. Strings are leapt over.
 */
function requireReadable(json: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    if (sign === 0x22) at = endOfString(json, at);
    else if (sign === 0x5b || sign === 0x7b) depth++;
    else if (sign === 0x5d || sign === 0x7d) depth--;
    else if (sign === 0x2c) values++;
    if (depth > maxDepth) throw new AppError("unreadable", `The card is nested deeper than ${maxDepth} levels.`);
    if (values > maxValues) throw new AppError("too_large", "The card holds millions of values.", { param: "file" });
  }
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    if (sign === 0x5c) at++;
    else if (sign === 0x22) return at;
  }
  return json.length;
}

/** PostgreSQL holds neither NUL nor half a surrogate pair; both keep their place, so that offsets stay right. */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD").toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)]));
}

function noCard(why: string): AppError {
  return new AppError("unsupported_type", `This is no character card. ${why}`, { param: "file" });
}
