"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { PhotosCheck, TuneDetail } from "@/lib/portraits/tune-schemas";

const path = "/v1/portraits/tunes";
const Tune = dataOf(TuneDetail);

/** Sets of photos of a face, newest first; those that a page of fifty holds. @param face username */
export function useTunes(face: string) {
  return useQuery({
    queryKey: ["tunes", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`${path}?face=${encodeURIComponent(face)}&limit=50`, pageOf(TuneDetail), { signal })).data,
    // addresses of photos are good for a day
    staleTime: 60_000,
  });
}

/** What is wrong with one photo, if anything; nothing of it is kept. */
export async function checkPhoto(file: File, signal: AbortSignal): Promise<PhotosCheck> {
  const form = new FormData();
  form.append("images[]", file);
  return (await fetchJson("/v1/portraits/photos", dataOf(PhotosCheck), { method: "POST", body: form, signal })).data;
}

export type NewTune = { title: string; name: string; consent: string; auto_extend: boolean; images: readonly File[] };

function formOf({ images, ...fields }: Partial<NewTune> & { face?: string }): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  for (const image of images ?? []) form.append("images[]", image);
  return form;
}

function put(client: QueryClient, face: string, tune: TuneDetail): void {
  client.setQueryData<TuneDetail[]>(["tunes", face], (known = []) =>
    known.some(({ id }) => id === tune.id)
      ? known.map((each) => (each.id === tune.id ? tune : each))
      : [tune, ...known],
  );
}

export function useCreateTune(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (tune: NewTune) =>
      (await fetchJson(path, Tune, { method: "POST", body: formOf({ ...tune, face }) })).data,
    onSuccess: (tune) => put(client, face, tune),
  });
}

export type TuneChange = { title?: string; auto_extend?: boolean; images?: readonly File[] };

const changeTune = async (id: number, { images, ...fields }: TuneChange): Promise<TuneDetail> => {
  const body = images ? formOf({ ...fields, images }) : fields;
  return (await fetchJson(`${path}/${id}`, Tune, { method: "PATCH", body })).data;
};

/** Changes a set, or adds photos to it. */
export function useUpdateTune(face: string, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: TuneChange) => changeTune(id, change),
    onSuccess: (tune) => put(client, face, tune),
  });
}

/** Moves the end to the full time from today, and leaves the switch as it is. */
export function useExtendTune(face: string, { id, auto_extend }: Pick<TuneDetail, "id" | "auto_extend">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const extended = await changeTune(id, { auto_extend: true });
      return auto_extend ? extended : changeTune(id, { auto_extend: false });
    },
    onSuccess: (tune) => put(client, face, tune),
  });
}

export function useDeletePhoto(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (photo: string) =>
      (await fetchJson(`/v1/portraits/photos/${encodeURIComponent(photo)}`, Tune, { method: "DELETE" })).data,
    onSuccess: (tune) => put(client, face, tune),
  });
}

/** Takes the portraits with it, and the picture of the face when it is one of them. */
export function useDeleteTune(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => fetchJson(`${path}/${id}`, z.unknown(), { method: "DELETE" }),
    onSuccess: (_, id) => {
      client.setQueryData<TuneDetail[]>(["tunes", face], (known) => known?.filter((tune) => tune.id !== id));
      for (const key of [["portraits"], ["orders"], ["face", face], ["faces"]])
        void client.invalidateQueries({ queryKey: key });
    },
  });
}
