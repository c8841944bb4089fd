"use client";

import { useQuery } from "@tanstack/react-query";
import { portraitsText as text } from "@/components/strings/portraits";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { OrderView } from "@/lib/portraits/portrait-schemas";

/** The order that a portrait came from; it does not change any more. */
function useOrder(id: number) {
  return useQuery({
    queryKey: ["portrait-order", id],
    queryFn: async ({ signal }) => (await fetchJson(`/v1/portraits/orders/${id}`, dataOf(OrderView), { signal })).data,
    staleTime: Infinity,
  });
}

/** What of the words was followed when a portrait was made, what was not and why, and what else is worth knowing. */
export function PortraitReading({ promptId }: { promptId: number }) {
  const { data: order } = useOrder(promptId);
  if (order === undefined) return null;
  const { understood, ignored, notes } = order;
  return (
    <dl className="grid gap-2 empty:hidden">
      {understood.length === 0 ? null : (
        <div>
          <dt className="text-1 text-ink-3">{text.understood}</dt>
          {understood.map(({ words, meaning }) => (
            <dd key={words} className="text-2 wrap-anywhere">
              <span className="underline decoration-ink decoration-2 underline-offset-4">{words}</span>{" "}
              <span className="text-ink-3">{meaning}</span>
            </dd>
          ))}
        </div>
      )}
      {ignored.length === 0 ? null : (
        <div>
          <dt className="text-1 text-ink-3">{text.ignored}</dt>
          {ignored.map(({ words, why }) => (
            <dd key={words} className="text-2 wrap-anywhere">
              <s className="decoration-danger decoration-2">{words}</s>. <span className="text-ink-3">{why}</span>
            </dd>
          ))}
        </div>
      )}
      {notes.length === 0 ? null : (
        <div>
          <dt className="text-1 text-ink-3">{text.notesTold}</dt>
          {notes.map((note) => (
            <dd key={note} className="text-2 wrap-anywhere">
              {note}
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}
