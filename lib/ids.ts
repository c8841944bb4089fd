import { monotonicFactory } from "ulid";

/** The prefixes of all ids of the product: an id tells what it names. */
export const idPrefixes = {
  account: "acc",
  session: "ses",
  invite: "inv",
  key: "key",
  face: "face",
  document: "doc",
  chunk: "chk",
  statement: "stm",
  primitive: "prim",
  span: "span",
  finding: "fnd",
  concept: "con",
  job: "job",
  worker: "wrk",
  reservation: "res",
  usage: "use",
  trace: "trc",
  notice: "ntc",
  conversation: "cnv",
  message: "msg",
  embed: "emb",
  photo: "pho",
  portrait: "por",
  delivery: "dlv",
  request: "req",
} as const;

export type IdKind = keyof typeof idPrefixes;

// the library asks for a byte at a time, which costs as much as a thousand
const random = new Uint8Array(1024);
let used = random.length;

const ulid = monotonicFactory(() => {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  return (random[used++] ?? 0) / 256;
});

/** A new id of the form `face_01j…`: a lower-case ULID behind its prefix, sortable by time. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${ulid().toLowerCase()}`;
}
