"use client";

import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { FaceView } from "@/lib/faces/schemas";

export type FaceInput = {
  username?: string;
  name?: string | null;
  aliases?: string[];
  pronouns?: string | null;
  basic_facts?: string;
  default_model?: string | null;
  formula?: string | null;
};

const Faces = pageOf(FaceView);
const facesKey = ["faces"];
const pageSize = 100;
const followEveryMs = 3_000;
/** Past this many, asking for the whole list is cheaper than for each. */
const maxFollowed = 12;

/**
 * All faces the account may use, the sample face included; the newest change first. The first hundred are there at
 * once, the others follow page by page.
 */
export function useFaces() {
  const client = useQueryClient();
  const faces = useQuery({
    queryKey: facesKey,
    queryFn: async ({ signal }) => byLastChange(await fetchAllFaces(client, signal)),
    staleTime: 5_000,
  });
  useFollowedFaces(client, faces.data);
  return faces;
}

/** Whether the first look at the faces has not come to its end yet. */
export function useMoreFaces(): boolean {
  return useQuery({ queryKey: ["faces-to-come"], queryFn: () => false, enabled: false }).data ?? false;
}

async function fetchAllFaces(client: QueryClient, signal: AbortSignal): Promise<FaceView[]> {
  const isFirst = client.getQueryData(facesKey) === undefined;
  const faces: FaceView[] = [];
  let cursor: string | null = null;
  do {
    const page: z.infer<typeof Faces> = await fetchJson(
      `/v1/faces?limit=${pageSize}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      Faces,
      { signal },
    );
    faces.push(...page.data);
    cursor = page.has_more ? (page.next_cursor ?? null) : null;
    if (isFirst) {
      client.setQueryData(["faces-to-come"], cursor !== null);
      if (cursor !== null) client.setQueryData(facesKey, byLastChange(faces));
    }
  } while (cursor);
  return faces;
}

const byLastChange = (faces: readonly FaceView[]): FaceView[] =>
  faces.toSorted((a, b) => (a.updated_at < b.updated_at ? 1 : -1));

/** Looks every few seconds at the faces that are syncing, and at all of them when one is done. */
function useFollowedFaces(client: QueryClient, faces: readonly FaceView[] | undefined): void {
  const running = (faces ?? []).filter((face) => face.sync_status === "syncing" && face.formula === null);
  const ids = running.map(({ id }) => id).sort();
  useQuery({
    queryKey: ["faces-followed", ids],
    enabled: ids.length > 0,
    refetchInterval: followEveryMs,
    staleTime: followEveryMs,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const now =
        ids.length > maxFollowed ? [] : await Promise.all(ids.map((id) => fetchFace(id, signal).catch(() => null)));
      const isDone = now.some((face) => face === null || face.sync_status !== "syncing");
      if (ids.length > maxFollowed || isDone) await client.invalidateQueries({ queryKey: facesKey, exact: true });
      else {
        const byId = new Map(now.flatMap((face) => (face === null ? [] : [[face.id, face]])));
        client.setQueryData<FaceView[]>(facesKey, (all) => all?.map((face) => byId.get(face.id) ?? face));
      }
      return null;
    },
  });
}

async function fetchFace(face: string, signal?: AbortSignal): Promise<FaceView> {
  return (await fetchJson(`/v1/faces/${encodeURIComponent(face)}`, dataOf(FaceView), { signal })).data;
}

/** @param face id or username */
export function useFace(face: string) {
  return useQuery({
    queryKey: ["face", face],
    queryFn: ({ signal }) => fetchFace(face, signal),
    refetchInterval: (query) => (query.state.data?.sync_status === "syncing" ? followEveryMs : false),
  });
}

export function useCreateFace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: FaceInput & { username: string }) =>
      (await fetchJson("/v1/faces", dataOf(FaceView), { method: "POST", body: input })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: facesKey }),
  });
}

export function useUpdateFace(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: FaceInput) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}`, dataOf(FaceView), { method: "PATCH", body: input }))
        .data,
    onSuccess: (updated) => {
      client.setQueryData(["face", face], updated);
      return client.invalidateQueries({ queryKey: facesKey });
    },
  });
}

/** Deletes without looking at the list again: whoever deletes many does so once, at the end. */
export function deleteFace(face: string): Promise<unknown> {
  return fetchJson(`/v1/faces/${encodeURIComponent(face)}`, z.unknown(), { method: "DELETE" });
}

export function useDeleteFace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteFace,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: facesKey }),
        client.invalidateQueries({ queryKey: ["billing"] }),
      ]),
  });
}
