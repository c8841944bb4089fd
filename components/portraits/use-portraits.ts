"use client";

import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { FaceView } from "@/lib/faces/schemas";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { EngineView, type OrderInput, OrderView, PortraitView, ReadView } from "@/lib/portraits/portrait-schemas";

const path = "/v1/portraits";
const followEveryMs = 1500;
const Portraits = pageOf(PortraitView);
const Order = dataOf(OrderView);
type Page = z.infer<typeof Portraits>;

/** Empty strings are all. */
export type PortraitFilter = { face: string; engine: string; isFavourite: boolean };

/** Portraits, newest first, page by page. */
export function usePortraits(filter: PortraitFilter) {
  return useInfiniteQuery({
    queryKey: ["portraits", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: "40" });
      if (filter.face) params.set("face", filter.face);
      if (filter.engine) params.set("engine", filter.engine);
      if (filter.isFavourite) params.set("favourite", "true");
      if (pageParam) params.set("cursor", pageParam);
      return fetchJson(`${path}?${params}`, Portraits, { signal });
    },
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    staleTime: 60_000,
  });
}

/** Changes what every list shows. */
function rewrite(client: QueryClient, change: (portraits: PortraitView[]) => PortraitView[]): void {
  client.setQueriesData<InfiniteData<Page>>({ queryKey: ["portraits"] }, (known) =>
    known === undefined
      ? known
      : { ...known, pages: known.pages.map((page) => ({ ...page, data: change(page.data) })) },
  );
}

const mark = (client: QueryClient, id: string, isFavourite: boolean): void =>
  rewrite(client, (all) => all.map((each) => (each.id === id ? { ...each, is_favourite: isFavourite } : each)));

/** Shown at once, and taken back when the server refuses. */
export function useFavourite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, isFavourite }: { id: string; isFavourite: boolean }) =>
      fetchJson(`${path}/${id}`, dataOf(PortraitView), { method: "PATCH", body: { is_favourite: isFavourite } }),
    onMutate: ({ id, isFavourite }) => mark(client, id, isFavourite),
    // a list of favourites that is not shown now is asked for when it is
    onSuccess: () => client.invalidateQueries({ queryKey: ["portraits"], refetchType: "none" }),
    onError: (_, { id, isFavourite }) => mark(client, id, !isFavourite),
  });
}

/** Shows a face by a portrait, or by its fingerprint again: `portrait` null. @param face username */
export function usePicture() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ face, portrait }: { face: string; portrait: string | null }) => {
      const how = portrait === null ? ({ method: "DELETE" } as const) : ({ method: "PUT" } as const);
      const body = portrait === null ? {} : { body: { portrait_id: portrait } };
      const address = `/v1/faces/${encodeURIComponent(face)}/picture`;
      return (await fetchJson(address, dataOf(FaceView), { ...how, ...body })).data;
    },
    onSuccess: (shown) => {
      client.setQueryData(["face", shown.username], shown);
      client.setQueryData<FaceView[]>(["faces"], (all) => all?.map((face) => (face.id === shown.id ? shown : face)));
      return client.invalidateQueries({ queryKey: ["portraits"] });
    },
  });
}

/** Orders the same picture again with more pixels. */
export function useUpscale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => (await fetchJson(`${path}/${id}/upscale`, Order, { method: "POST" })).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ["portrait-orders"] }),
  });
}

/** Takes one off every list, before the lists are asked for again. */
export function dropPortrait(client: QueryClient, id: string): void {
  rewrite(client, (all) => all.filter((each) => each.id !== id));
  void client.invalidateQueries({ queryKey: ["portraits"] });
}

export const isUnderWay = ({ status }: Pick<OrderView, "status">): boolean =>
  status === "queued" || status === "running";

/** Orders of a face, newest first; looked at again while one of them is being made. @param face username */
export function useOrders(face: string) {
  const client = useQueryClient();
  const orders = useQuery({
    queryKey: ["portrait-orders", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`${path}/orders?face=${encodeURIComponent(face)}`, pageOf(OrderView), { signal })).data,
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? followEveryMs : false),
  });
  const { data } = orders;
  const ended = useRef<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const now = data
      .filter((order) => !isUnderWay(order))
      .map(({ id }) => id)
      .join();
    if (ended.current !== null && now !== ended.current) {
      for (const key of ["portraits", "tunes", "billing"]) void client.invalidateQueries({ queryKey: [key] });
    }
    ended.current = now;
  }, [client, data]);
  return orders;
}

/** @param picture gets the face, instead of a scene; with one the order goes as Astria's clients send it */
type NewOrder = { tune: number; order: OrderInput; picture: File | null };

export function usePlaceOrder(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ tune, order, picture }: NewOrder): Promise<unknown> =>
      picture === null
        ? fetchJson(`${path}/orders`, Order, { method: "POST", body: order })
        : fetchJson(`/tunes/${tune}/prompts`, z.unknown(), { method: "POST", body: pictureForm(order, picture) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["portrait-orders", face] }),
  });
}

function pictureForm({ aspect_ratio: _, ...order }: OrderInput, picture: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(order)) {
    if (value !== null && value !== undefined) form.append(`prompt[${name}]`, String(value));
  }
  form.append("prompt[face_swap]", "true");
  form.append("prompt[input_image]", picture, picture.name);
  return form;
}

export function useCancelOrder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: number) => (await fetchJson(`${path}/orders/${id}/cancel`, Order, { method: "POST" })).data,
    onSettled: () => client.invalidateQueries({ queryKey: ["portrait-orders"] }),
  });
}

/** Takes one that has ended off the list. */
export function useDeleteOrder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => fetchJson(`${path}/orders/${id}`, z.unknown(), { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["portrait-orders"] }),
  });
}

/** What this installation can make portraits with. */
export function useEngines() {
  return useQuery({
    queryKey: ["portrait-engines"],
    queryFn: async ({ signal }) => (await fetchJson(`${path}/engines`, dataOf(z.array(EngineView)), { signal })).data,
    staleTime: 300_000,
  });
}

type Asked = { text: string; negative_prompt: string; style: string | null; engine: string; count: number };

/** What of a text would be followed; `asked` is the text that was read. The last answer stays until the next is there. */
export function useReading({ count, ...asked }: Asked) {
  return useQuery({
    queryKey: ["portrait-text", asked, count],
    queryFn: async ({ signal }) => {
      const body = { ...asked, num_images: count };
      const { data } = await fetchJson(`${path}/read`, dataOf(ReadView), { method: "POST", body, signal });
      return { ...data, asked: asked.text };
    },
    placeholderData: (previous) => previous,
    staleTime: 60_000,
    retry: false,
  });
}
