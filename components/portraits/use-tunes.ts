"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { type PhotoCheck, PhotosCheck, TuneDetail } from "@/lib/portraits/tune-schemas";

const path = "/v1/portraits/tunes";
const Tune = dataOf(TuneDetail);

/** Sets of photos of a face, newest first. @param face username */
export function useTunes(face: string) {
  return useQuery({
    queryKey: ["tunes", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`${path}?face=${encodeURIComponent(face)}&limit=50`, pageOf(TuneDetail), { signal })).data,
    // addresses of photos are good for a day
    staleTime: 60_000,
  });
}

/** What was found in one photo; nothing of it is kept. */
export async function checkPhoto(file: File, signal: AbortSignal): Promise<PhotoCheck | null> {
  const body = formOf({}, [file]);
  const { data } = await fetchJson("/v1/portraits/photos", dataOf(PhotosCheck), { method: "POST", body, signal });
  return data.photos[0] ?? null;
}

export type NewTune = { face: string; title: string; consent: string; files: readonly File[] };

function formOf(fields: Record<string, string>, files: readonly File[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("images[]", file);
  return form;
}

const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: ["tunes"] });

export function useCreateTune() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ files, ...fields }: NewTune) =>
      (await fetchJson(path, Tune, { method: "POST", body: formOf(fields, files) })).data,
    onSuccess: () => refresh(client),
  });
}

/** More photos of somebody who has agreed already. @param id of the set */
export function useAddPhotos(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) =>
      (await fetchJson(`${path}/${id}`, Tune, { method: "PATCH", body: formOf({}, files) })).data,
    onSuccess: () => refresh(client),
  });
}

/** Whether each use moves the end of a set. */
export function useExtend(id: number, face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (isOn: boolean) =>
      (await fetchJson(`${path}/${id}`, Tune, { method: "PATCH", body: { auto_extend: isOn } })).data,
    onSuccess: (tune) =>
      client.setQueryData<TuneDetail[]>(["tunes", face], (known) =>
        known?.map((each) => (each.id === tune.id ? tune : each)),
      ),
  });
}

/** Moves the end to the full time from today; the switch stays as it is. */
export function useExtendNow({ id, auto_extend: isOn }: Pick<TuneDetail, "id" | "auto_extend">) {
  const client = useQueryClient();
  const turn = async (to: boolean) =>
    (await fetchJson(`${path}/${id}`, Tune, { method: "PATCH", body: { auto_extend: to } })).data;
  return useMutation({
    mutationFn: async () => {
      const extended = await turn(true);
      return isOn ? extended : turn(false);
    },
    onSuccess: () => refresh(client),
  });
}

/** Gives a set another name. */
export function useRenameTune(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (title: string) =>
      (await fetchJson(`${path}/${id}`, Tune, { method: "PATCH", body: { title } })).data,
    onSuccess: () => refresh(client),
  });
}

export function useDeletePhoto() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (photo: string) =>
      (await fetchJson(`/v1/portraits/photos/${encodeURIComponent(photo)}`, Tune, { method: "DELETE" })).data,
    onSuccess: () => refresh(client),
  });
}

/** Takes the portraits with it, and the picture of the face when it is one of them. */
export function useDeleteTune() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => fetchJson(`${path}/${id}`, z.unknown(), { method: "DELETE" }),
    onSuccess: () => {
      for (const key of ["portraits", "portrait-orders", "face", "faces"])
        void client.invalidateQueries({ queryKey: [key] });
      return refresh(client);
    },
  });
}
