import type { DocumentView } from "@/lib/documents/schemas";

const documentFilters = ["", "document", "thread", "waiting", "failed"] as const;
export type DocumentFilter = (typeof documentFilters)[number];

const fits: Record<DocumentFilter, (document: DocumentView) => boolean> = {
  "": () => true,
  document: ({ type }) => type === "document",
  thread: ({ type }) => type === "thread",
  waiting: ({ status }) => status === "pending" || status === "syncing" || status === "transcribing",
  failed: ({ status }) => status === "failed",
};

/** Those among which a choice makes a difference: not all texts fit one, and some do. */
export function usefulFilters(documents: readonly DocumentView[]): DocumentFilter[] {
  const useful = documentFilters.filter((filter) => {
    const count = documents.filter(fits[filter]).length;
    return filter === "" || (count > 0 && count < documents.length);
  });
  return useful.length > 1 ? useful : [];
}

/** The texts that fit a filter and have a word in their label or address, whatever its case. */
export function filterDocuments(
  documents: readonly DocumentView[],
  { filter, query }: { filter: string; query: string },
): DocumentView[] {
  const isFitting = fits[documentFilters.find((each) => each === filter) ?? ""];
  const wanted = query.trim().toLowerCase();
  return documents.filter(
    (document) =>
      isFitting(document) && `${document.label} ${document.source_url ?? ""}`.toLowerCase().includes(wanted),
  );
}
