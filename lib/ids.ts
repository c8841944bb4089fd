import { monotonicFactory } from "ulid";

/** The prefixes of all ids of the product: an id tells what it names. */
export const idPrefixes = {
  account: "acc",
  session: "ses",
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
  ledger: "led",
  reservation: "res",
  usage: "use",
  trace: "trc",
  request: "req",
} as const;

export type IdKind = keyof typeof idPrefixes;

const ulid = monotonicFactory();

/** A new id of the form `face_01j…`: a lower-case ULID behind its prefix, sortable by time. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${ulid().toLowerCase()}`;
}
