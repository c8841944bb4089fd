"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
};

const Faces = pageOf(FaceView);

/** All faces the account may use, the sample face included; the newest change first. */
export function useFaces() {
  return useQuery({
    queryKey: ["faces"],
    queryFn: async ({ signal }) => byLastChange(await fetchAllFaces(signal)),
    refetchInterval: (query) => (query.state.data?.some((face) => face.sync_status === "syncing") ? 3000 : false),
  });
}

async function fetchAllFaces(signal: AbortSignal): Promise<FaceView[]> {
  const faces: FaceView[] = [];
  let cursor: string | null = null;
  do {
    const page: z.infer<typeof Faces> = await fetchJson(
      `/v1/faces?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      Faces,
      { signal },
    );
    faces.push(...page.data);
    cursor = page.has_more ? (page.next_cursor ?? null) : null;
  } while (cursor);
  return faces;
}

const byLastChange = (faces: FaceView[]): FaceView[] => faces.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));

/** @param face id or username */
export function useFace(face: string) {
  return useQuery({
    queryKey: ["face", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/faces/${encodeURIComponent(face)}`, dataOf(FaceView), { signal })).data,
    refetchInterval: (query) => (query.state.data?.sync_status === "syncing" ? 3000 : false),
  });
}

export function useCreateFace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: FaceInput & { username: string }) =>
      (await fetchJson("/v1/faces", dataOf(FaceView), { method: "POST", body: input })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ["faces"] }),
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
      return client.invalidateQueries({ queryKey: ["faces"] });
    },
  });
}

export function useDeleteFace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (face: string) => fetchJson(`/v1/faces/${encodeURIComponent(face)}`, z.unknown(), { method: "DELETE" }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["faces"] }),
        client.invalidateQueries({ queryKey: ["billing"] }),
      ]),
  });
}
