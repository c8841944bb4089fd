import { coreItems } from "./core";
import { createFaceIndex, type FaceIndex } from "./face-index";
import type { FaceRows } from "./face-rows";
import type { FaceName } from "./first-person";
import { IndexCache } from "./index-cache";
import { type PackedRows, unpackRows } from "./pack-rows";
import { nameStems, toQuery, type Turn } from "./query";
import { vectorInTime } from "./query-vector";
import { rank, type RankOptions } from "./rank";
import type { RetrievedItem } from "./schemas";
import { score } from "./score";

export type SearchTaskInput = RankOptions & {
  faceKey: string;
  /** of a composite: how all of its parts stand */
  revision: number | string;
  face: FaceName;
  turns: Turn[];
  /** given when the thread has said that it misses them; the index is built and kept */
  rows?: FaceRows;
  /** the same, packed for the way to the thread */
  packed?: PackedRows;
};

export type SearchTaskOutput =
  | { missing: true }
  | { missing: false; items: RetrievedItem[]; core: RetrievedItem[]; abstain: boolean; tokens: number };

type Searchable = FaceIndex & { core: RetrievedItem[] };

/** A loaded encoder takes some ten milliseconds, a cold one less than a second. */
const lateMs = 2_000;

const indexes = new IndexCache<Searchable>(256 * 1024 * 1024);

/**
 * Searches a face in this thread's memory.
 *
 * Rows come with the search rather than ahead of it, because a pool has several threads and the next call may meet
 * another one.
 *
 * @returns `missing` when this thread does not hold this version of the face: call again with `rows`
 */
export async function retrieveSearch(input: SearchTaskInput): Promise<SearchTaskOutput> {
  const index = indexOf(input);
  if (index === null) return { missing: true };
  const query = toQuery(input.turns, input.face);
  const scores = score(index, query, await vectorInTime(query, lateMs));
  const ranking = rank(index, query, scores, input);
  return {
    missing: false,
    items: ranking.items,
    core: index.core,
    abstain: ranking.isAbstaining,
    tokens: ranking.tokens,
  };
}

/** Names are left out of what is indexed: a renamed face is another index. */
function indexOf(input: SearchTaskInput): Searchable | null {
  const version = JSON.stringify([input.revision, input.face.username, input.face.name, input.face.aliases]);
  const held = indexes.find(input.faceKey, version);
  if (held !== null) return held;
  const rows = input.packed === undefined ? input.rows : unpackRows(input.packed);
  if (rows === undefined) return null;
  const built = createFaceIndex(rows, nameStems(input.face));
  const index = { ...built, core: coreItems(built) };
  indexes.keep(input.faceKey, version, index);
  return index;
}
