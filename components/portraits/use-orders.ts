"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { portraitsText } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import { dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { EngineView, type OrderInput, OrderView, ReadView } from "@/lib/portraits/portrait-schemas";

const path = "/v1/portraits/orders";
const Order = dataOf(OrderView);
const followEveryMs = 1500;

export const isActive = ({ status }: Pick<OrderView, "status">): boolean => status === "queued" || status === "running";

/** Orders of a face, newest first; looked at again while one of them is being made. @param face username */
export function useOrders(face: string) {
  const client = useQueryClient();
  const orders = useQuery({
    queryKey: ["orders", face],
    queryFn: async ({ signal }) =>
      (await fetchJson(`${path}?face=${encodeURIComponent(face)}&limit=20`, pageOf(OrderView), { signal })).data,
    refetchInterval: (query) => (query.state.data?.some(isActive) ? followEveryMs : false),
  });
  const active = useRef(new Set<number>());
  const { data } = orders;
  useEffect(() => {
    const ended = data?.filter((order) => active.current.has(order.id) && !isActive(order)) ?? [];
    active.current = new Set(data?.filter(isActive).map(({ id }) => id));
    if (ended.length === 0) return;
    void client.invalidateQueries({ queryKey: ["portraits"] });
    void client.invalidateQueries({ queryKey: ["billing"] });
    for (const { status, portraits, user_error } of ended) {
      if (status === "done") toast(portraitsText.doneTold(portraits.length));
      if (status === "failed") toast.error(portraitsText.failedTold(user_error ?? ""));
    }
  }, [client, data]);
  return orders;
}

/** One order, with what was made of its words. */
export function useOrder(id: number | null) {
  return useQuery({
    queryKey: ["order", id],
    queryFn: async ({ signal }) => (await fetchJson(`${path}/${id}`, Order, { signal })).data,
    enabled: id !== null,
    staleTime: 60_000,
  });
}

export type NewOrder = OrderInput & { tuneId: number; inputImage: File | null };

/** With a picture to put the face into it goes as a form, as Astria's clients send it. */
async function place({ tuneId, inputImage, ...order }: NewOrder): Promise<unknown> {
  if (inputImage === null) return fetchJson(path, Order, { method: "POST", body: order });
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...order, face_swap: true }))
    if (value !== undefined && value !== null) form.append(`prompt[${name}]`, String(value));
  form.append("prompt[input_image]", inputImage);
  return fetchJson(`/tunes/${tuneId}/prompts`, z.object({ id: z.number() }), { method: "POST", body: form });
}

export function usePlaceOrder(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: place,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["orders", face] }),
        // each use may move the end
        client.invalidateQueries({ queryKey: ["tunes", face] }),
      ]),
  });
}

/** Stops an order, or takes one that has ended off the list. */
export function useEndOrder(face: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ["orders", face] });
  const cancel = useMutation({
    mutationFn: async (id: number) => (await fetchJson(`${path}/${id}/cancel`, Order, { method: "POST" })).data,
    onSuccess: () => toast(portraitsText.cancelled),
    onError: (error) => toast.error(portraitsText.notCancelled(error.message)),
    onSettled: refresh,
  });
  const forget = useMutation({
    mutationFn: (id: number) => fetchJson(`${path}/${id}`, z.unknown(), { method: "DELETE" }),
    onSuccess: (_, id) =>
      client.setQueryData<OrderView[]>(["orders", face], (known) => known?.filter((order) => order.id !== id)),
    onError: (error) => toast.error(portraitsText.notChanged(error.message)),
    onSettled: refresh,
  });
  return { cancel, forget };
}

/** What this installation can make portraits with. */
export function useEngines() {
  return useQuery({
    queryKey: ["portrait-engines"],
    queryFn: async ({ signal }) =>
      (await fetchJson("/v1/portraits/engines", dataOf(z.array(EngineView)), { signal })).data,
    staleTime: 300_000,
  });
}

export type Asked = { text: string; negative_prompt: string; engine: string; num_images: number };

/** What of a text would be followed. The last answer stays until the next one is there. */
export function useReadText(asked: Asked, isWanted: boolean) {
  return useQuery({
    queryKey: ["portrait-text", asked],
    queryFn: async ({ signal }) => ({
      text: asked.text,
      read: (await fetchJson("/v1/portraits/read", dataOf(ReadView), { method: "POST", body: asked, signal })).data,
    }),
    enabled: isWanted,
    placeholderData: (previous) => previous,
    staleTime: 60_000,
    retry: false,
  });
}
