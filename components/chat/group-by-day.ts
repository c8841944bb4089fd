import { chatText } from "@/components/strings/chat";

/** A heading, or something under it. */
export type Row<Item> = { kind: "heading"; title: string } | { kind: "item"; item: Item };

const dayMs = 86_400_000;

/**
 * Rows of a list that is sorted by time, newest first: today, yesterday, the last seven days, then by month.
 *
 * @param now epoch milliseconds; days are the reader's
 */
export function groupByDay<Item extends { updated_at: string }>(items: readonly Item[], now: number): Row<Item>[] {
  const rows: Row<Item>[] = [];
  let last = "";
  for (const item of items) {
    const title = dayTitle(item.updated_at, now);
    if (title !== last) rows.push({ kind: "heading", title });
    last = title;
    rows.push({ kind: "item", item });
  }
  return rows;
}

function dayTitle(iso: string, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const time = Date.parse(iso);
  if (time >= midnight) return chatText.today;
  if (time >= midnight - dayMs) return chatText.yesterday;
  if (time >= midnight - 7 * dayMs) return chatText.lastWeek;
  return chatText.month(new Date(time));
}
