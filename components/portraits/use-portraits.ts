"use client";

import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import { portraitsText } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import { FaceView } from "@/lib/faces/schemas";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { OrderView, PortraitView } from "@/lib/portraits/portrait-schemas";

const path = "/v1/portraits";
const Portraits = pageOf(PortraitView);
type Page = z.infer<typeof Portraits>;

export type PortraitFilter = { face?: string; engine?: string; favourite?: boolean };

/** Portraits, newest first, page by page. */
export function usePortraits(filter: PortraitFilter, pageSize = 40) {
  const query = useInfiniteQuery({
    queryKey: ["portraits", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(pageSize) });
      if (filter.face) params.set("face", filter.face);
      if (filter.engine) params.set("engine", filter.engine);
      if (filter.favourite) params.set("favourite", "true");
      if (pageParam) params.set("cursor", pageParam);
      return fetchJson(`${path}?${params}`, Portraits, { signal });
    },
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    staleTime: 60_000,
  });
  return { ...query, portraits: query.data?.pages.flatMap((page) => page.data) };
}

/** Changes what every list shows. */
function rewrite(client: QueryClient, change: (portraits: PortraitView[]) => PortraitView[]): void {
  client.setQueriesData<InfiniteData<Page>>({ queryKey: ["portraits"] }, (known) =>
    known === undefined
      ? known
      : { ...known, pages: known.pages.map((page) => ({ ...page, data: change(page.data) })) },
  );
}

function showChanged(client: QueryClient, id: string, change: Partial<PortraitView>): void {
  rewrite(client, (portraits) => portraits.map((each) => (each.id === id ? { ...each, ...change } : each)));
}

/** Takes one off every list, before the lists are asked for again. */
export function dropPortrait(client: QueryClient, id: string): void {
  rewrite(client, (portraits) => portraits.filter((each) => each.id !== id));
}

/** Shown at once, and taken back when the server refuses. */
export function useFavourite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, is_favourite }: Pick<PortraitView, "id" | "is_favourite">) =>
      fetchJson(`${path}/${id}`, dataOf(PortraitView), { method: "PATCH", body: { is_favourite } }),
    onMutate: ({ id, is_favourite }) => showChanged(client, id, { is_favourite }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["portraits"], refetchType: "inactive" }),
    onError: (error, { id, is_favourite }) => {
      showChanged(client, id, { is_favourite: !is_favourite });
      toast.error(portraitsText.notChanged(error.message));
    },
  });
}

type PictureChange = { face: string; name: string; portrait: PortraitView; isUsed: boolean };

/** Shows a face by a portrait, or by its fingerprint again. */
export function usePicture() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ face, portrait, isUsed }: PictureChange) => {
      const address = `/v1/faces/${encodeURIComponent(face)}/picture`;
      const how = isUsed
        ? { method: "PUT" as const, body: { portrait_id: portrait.id } }
        : { method: "DELETE" as const };
      return (await fetchJson(address, dataOf(FaceView), how)).data;
    },
    onSuccess: (shown, { name, isUsed }) => {
      client.setQueryData(["face", shown.username], shown);
      client.setQueryData<FaceView[]>(["faces"], (all) => all?.map((face) => (face.id === shown.id ? shown : face)));
      void client.invalidateQueries({ queryKey: ["face"] });
      void client.invalidateQueries({ queryKey: ["faces"] });
      void client.invalidateQueries({ queryKey: ["portraits"] });
      toast(isUsed ? portraitsText.pictureUsed(name) : portraitsText.pictureDropped(name));
    },
    onError: (error) => toast.error(portraitsText.notPicture(error.message)),
  });
}

/** Orders the same picture again with more pixels. */
export function useUpscale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      (await fetchJson(`${path}/${id}/upscale`, dataOf(OrderView), { method: "POST" })).data,
    onSuccess: () => {
      toast(portraitsText.upscaling);
      return client.invalidateQueries({ queryKey: ["orders"] });
    },
    onError: (error) => toast.error(portraitsText.notUpscaled(error.message)),
  });
}
