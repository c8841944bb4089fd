"use client";

import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { PrimitiveView, type UpdatePrimitiveInput, type UpdatePrimitivesInput } from "@/lib/compile/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { primitivesPath } from "./use-primitives";

export type PrimitiveChange = UpdatePrimitiveInput;
type Pages = InfiniteData<{ data: PrimitiveView[] }>;

/** The owner's word on a statement, shown at once: its wording and kind, accepted, pinned, kept out of conversations. */
export function useUpdatePrimitive(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...change }: UpdatePrimitiveInput & { id: string }) =>
      (await fetchJson(primitivesPath(face, `/${id}`), dataOf(PrimitiveView), { method: "PATCH", body: change })).data,
    onMutate: ({ id, ...change }) => showAtOnce(client, face, [id], change),
    onError: (_error, _change, before) => before?.(),
    onSuccess: (saved) => {
      patch(client, face, [saved.id], () => saved);
      countAnew(client, face);
    },
  });
}

/** One word on several statements, shown at once. */
export function useUpdatePrimitives(face: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: UpdatePrimitivesInput) =>
      (await fetchJson(primitivesPath(face), dataOf(z.array(PrimitiveView)), { method: "PATCH", body: input })).data,
    onMutate: ({ ids, ...change }) => showAtOnce(client, face, ids, change),
    onError: (_error, _change, before) => before?.(),
    onSuccess: (saved) => {
      const byId = new Map(saved.map((view) => [view.id, view]));
      patch(client, face, [...byId.keys()], (view) => byId.get(view.id) ?? view);
      countAnew(client, face);
    },
  });
}

/** @returns what takes it back */
async function showAtOnce(
  client: QueryClient,
  face: string,
  ids: string[],
  change: UpdatePrimitiveInput,
): Promise<() => void> {
  await client.cancelQueries({ queryKey: ["primitives", face, "list"] });
  const queryKey = ["primitives", face];
  const before = client.getQueriesData({ queryKey, predicate: ({ queryKey: [, , part] }) => part !== "map" });
  patch(client, face, ids, (view) => expected(view, change));
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}

/** As far as one can know before the server says. */
function expected(view: PrimitiveView, { statement, pinned, disabled, state }: UpdatePrimitiveInput): PrimitiveView {
  const isOff = disabled ?? (state === undefined ? view.state === "disabled" : state === "disabled");
  const shown = { ...view, pinned: pinned ?? view.pinned };
  if (isOff) return { ...shown, state: "disabled" };
  if (disabled === false || state === "active") return { ...shown, state: "active" };
  return statement ? { ...shown, statement, edited: true } : shown;
}

/** Changes statements wherever they are held. The lists keep their order until they are asked for anew. */
function patch(
  client: QueryClient,
  face: string,
  ids: readonly string[],
  change: (view: PrimitiveView) => PrimitiveView,
): void {
  const wanted = new Set(ids);
  const one = (view: PrimitiveView) => (wanted.has(view.id) ? change(view) : view);
  client.setQueriesData<Pages>({ queryKey: ["primitives", face, "list"] }, (held) =>
    held ? { ...held, pages: held.pages.map((page) => ({ ...page, data: page.data.map(one) })) } : held,
  );
  client.setQueriesData<PrimitiveView>({ queryKey: ["primitives", face, "one"] }, (held) => (held ? one(held) : held));
}

function countAnew(client: QueryClient, face: string): void {
  for (const part of ["counts", "map"]) void client.invalidateQueries({ queryKey: ["primitives", face, part] });
  // what is not on screen is asked for when it is
  void client.invalidateQueries({ queryKey: ["primitives", face, "list"], refetchType: "none" });
  for (const key of ["face", "versions"]) void client.invalidateQueries({ queryKey: [key, face] });
}
