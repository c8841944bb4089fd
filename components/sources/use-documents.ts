"use client";

import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { DocumentView, DocumentWithContent } from "@/lib/documents/schemas";
import { FindingView } from "./wire";

const pathOf = (face: string, rest = ""): string => `/v1/faces/${encodeURIComponent(face)}/documents${rest}`;

/** Everything that hangs on the texts of a face: its list, its price, its counts. */
export function refreshFace(client: QueryClient, face: string): void {
  for (const key of [
    "documents",
    "sync-quote",
    "face",
    "primitives",
    "findings",
    "voice",
    "fidelity",
    "versions",
    "graph",
    "last-sync",
    "statements-of-text",
  ])
    void client.invalidateQueries({ queryKey: [key, face] });
  void client.invalidateQueries({ queryKey: ["faces"] });
  void client.invalidateQueries({ queryKey: ["billing"] });
}

/** The texts of a face, in the order they came. @param face username */
export function useDocuments(face: string, isSyncing: boolean) {
  return useQuery({
    queryKey: ["documents", face],
    queryFn: ({ signal }) => fetchAllDocuments(face, signal),
    refetchInterval: (query) =>
      isSyncing || query.state.data?.some(({ status }) => status === "transcribing") ? 3000 : false,
  });
}

const Documents = pageOf(DocumentView);

async function fetchAllDocuments(face: string, signal: AbortSignal): Promise<DocumentView[]> {
  const documents: DocumentView[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page: z.infer<typeof Documents> = await fetchJson(pathOf(face, `?limit=100${query}`), Documents, { signal });
    documents.push(...page.data);
    cursor = page.has_more ? (page.next_cursor ?? null) : null;
  } while (cursor);
  return documents;
}

/** One text as it is compiled and quoted. A version never changes, so neither does this. */
export function useDocument(face: string, id: string | null) {
  return useQuery({
    queryKey: ["document", face, id],
    queryFn: async ({ signal }) =>
      (await fetchJson(pathOf(face, `/${id}`), dataOf(DocumentWithContent), { signal })).data,
    enabled: id !== null,
    staleTime: 60_000,
  });
}

export type TextInput = {
  content: string;
  label: string;
  type?: "document" | "thread";
  perspective?: "first-person" | "third-person";
  face_speaker?: string;
};

export function useAddText(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: TextInput) =>
      (await fetchJson(pathOf(face), dataOf(DocumentView), { method: "POST", body: input })).data,
    onSuccess: () => refreshFace(client, face),
  });
}

/** Fetches a page and adds its text. */
export function useImportUrl(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({
      signal,
      ...input
    }: Omit<TextInput, "content" | "label"> & { url: string; signal: AbortSignal }) =>
      (
        await fetchJson(`/v1/faces/${encodeURIComponent(face)}/import`, dataOf(DocumentView), {
          method: "POST",
          body: input,
          signal,
        })
      ).data,
    onSuccess: () => refreshFace(client, face),
  });
}

/** Passages that were left out and why; the newest text first. */
export function useFindings(face: string, isThere: boolean) {
  return useQuery({
    queryKey: ["findings", face],
    queryFn: ({ signal }) =>
      fetchJson(`/v1/faces/${encodeURIComponent(face)}/findings?limit=100`, pageOf(FindingView), { signal }),
    enabled: isThere,
  });
}

export type DocumentChange = {
  id: string;
  label?: string;
  type?: "document" | "thread";
  content?: string;
  perspective?: "first-person" | "third-person";
  face_speaker?: string | null;
};

const changeDocument = async (face: string, { id, ...change }: DocumentChange): Promise<DocumentView> =>
  (await fetchJson(pathOf(face, `/${id}`), dataOf(DocumentView), { method: "PATCH", body: change })).data;

function showChanged(client: QueryClient, face: string, changed: readonly DocumentView[]): void {
  const byId = new Map(changed.map((document) => [document.id, document]));
  client.setQueryData<DocumentView[]>(["documents", face], (known) => known?.map((each) => byId.get(each.id) ?? each));
  for (const id of byId.keys()) void client.invalidateQueries({ queryKey: ["document", face, id] });
  refreshFace(client, face);
}

/** Reads a text in another way: who speaks in it, and from where it is told. It waits for a sync again. */
export function useUpdateDocument(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: DocumentChange) => changeDocument(face, change),
    onSuccess: (document) => showChanged(client, face, [document]),
  });
}

/** Changes many, one after the other, and looks at the face again once. @returns how each went */
export function useUpdateDocuments(face: string) {
  const client = useQueryClient();
  return async (changes: readonly DocumentChange[]): Promise<PromiseSettledResult<DocumentView>[]> => {
    const ends: PromiseSettledResult<DocumentView>[] = [];
    for (const change of changes) ends.push(...(await Promise.allSettled([changeDocument(face, change)])));
    showChanged(
      client,
      face,
      ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : [])),
    );
    return ends;
  };
}
