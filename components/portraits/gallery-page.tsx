"use client";

import { useCallback } from "react";
import { useFaces } from "@/components/faces/use-faces";
import { useCommands } from "@/components/palette/commands";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { useUrlState } from "@/components/ui/use-url-state";
import { ApiError } from "@/lib/http/fetch-json";
import { GalleryFilters } from "./gallery-filters";
import { GalleryEmpty, GalleryNothing } from "./gallery-states";
import { LoadingPortraits, PortraitGrid } from "./portrait-grid";
import { usePortraits } from "./use-portraits";

/** All portraits of all faces; which of them stands in the address. */
export function GalleryPage() {
  const [face, setFace] = useUrlState("face");
  const [engine, setEngine] = useUrlState("engine");
  const [favourites, setFavourites] = useUrlState("favourites");
  const isFavourites = favourites === "1";
  const gallery = usePortraits({ face, engine, isFavourite: isFavourites });
  const faces = useFaces();
  // of an old link: the face was renamed or deleted
  const isUnknownFace = face !== "" && gallery.error instanceof ApiError && gallery.error.status === 404;
  const isFiltered = face !== "" || engine !== "" || isFavourites;
  const clear = useCallback(() => {
    setFace("");
    setEngine("");
    setFavourites("");
  }, [setFace, setEngine, setFavourites]);
  useCommands([
    {
      id: "portraits.favourites",
      label: text.onlyFavourites,
      group: "do",
      shortcut: "f",
      run: () => setFavourites(isFavourites ? "" : "1"),
    },
    ...(isFiltered ? [{ id: "portraits.clear", label: text.clearFilters, group: "do" as const, run: clear }] : []),
  ]);
  const portraits = gallery.data?.pages.flatMap(({ data }) => data);

  return (
    <Column>
      <PageHead
        title={text.title}
        note={portraits && portraits.length > 0 ? text.galleryNote(portraits.length, gallery.hasNextPage) : null}
      />
      <div className="grid gap-6">
        {portraits?.length === 0 && !isFiltered ? null : (
          <GalleryFilters
            faces={faces.data ?? []}
            face={face}
            onFace={setFace}
            engine={engine}
            onEngine={setEngine}
            isFavourites={isFavourites}
            onFavourites={(isOn) => setFavourites(isOn ? "1" : "")}
          />
        )}
        {isUnknownFace ? (
          <GalleryNothing onClear={clear} />
        ) : gallery.error && portraits === undefined ? (
          <ApiErrorBlock title={text.loadFailed} error={gallery.error} onRetry={() => void gallery.refetch()} />
        ) : portraits === undefined ? (
          <LoadingPortraits count={10} hasNames />
        ) : portraits.length > 0 ? (
          <PortraitGrid portraits={portraits} pages={gallery} hasNames again={null} />
        ) : isFiltered ? (
          <GalleryNothing onClear={clear} />
        ) : (
          <GalleryEmpty />
        )}
      </div>
    </Column>
  );
}
