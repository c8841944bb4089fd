"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { portraitsText } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import { maxPhotoMb, mostPhotos } from "@/lib/portraits/tune-schemas";
import { type PhotoState, refusalOf, stateOf } from "./photo-state";
import { checkPhoto } from "./use-tunes";

export type NewPhoto = { id: number; file: File; /** of this browser */ url: string; state: PhotoState };

let made = 0;

/** Photos that were chosen, each looked at by the server by itself; one after the other, so that the first is told soon. */
export function useNewPhotos(room = mostPhotos) {
  const [photos, setPhotos] = useState<readonly NewPhoto[]>([]);
  const line = useRef(Promise.resolve());
  const stops = useRef(new Map<number, AbortController>());

  const set = useCallback((id: number, state: PhotoState) => {
    setPhotos((known) => known.map((photo) => (photo.id === id ? { ...photo, state } : photo)));
  }, []);

  const check = useCallback(
    ({ id, file }: Pick<NewPhoto, "id" | "file">) => {
      const stop = new AbortController();
      stops.current.set(id, stop);
      line.current = line.current.then(async () => {
        if (stop.signal.aborted) return;
        try {
          set(id, stateOf(await checkPhoto(file, stop.signal)));
        } catch (error) {
          if (!stop.signal.aborted) set(id, { status: "unchecked", why: error instanceof Error ? error.message : "" });
        }
      });
    },
    [set],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const taken = files.slice(0, Math.max(0, room - photos.length));
      if (taken.length < files.length) toast.error(portraitsText.tooMany(mostPhotos));
      const added = taken.map((file): NewPhoto => {
        const why = refusalOf(file, maxPhotoMb);
        const state: PhotoState = why === null ? { status: "checking" } : { status: "refused", why };
        return { id: ++made, file, url: URL.createObjectURL(file), state };
      });
      setPhotos((known) => [...known, ...added]);
      for (const photo of added) if (photo.state.status === "checking") check(photo);
    },
    [check, photos.length, room],
  );

  const remove = useCallback((id: number) => {
    stops.current.get(id)?.abort();
    setPhotos((known) => {
      const gone = known.find((photo) => photo.id === id);
      if (gone) URL.revokeObjectURL(gone.url);
      return known.filter((photo) => photo.id !== id);
    });
  }, []);

  const checkAgain = useCallback(
    (photo: NewPhoto) => {
      set(photo.id, { status: "checking" });
      check(photo);
    },
    [check, set],
  );

  const clear = useCallback(() => {
    for (const stop of stops.current.values()) stop.abort();
    setPhotos((known) => {
      for (const { url } of known) URL.revokeObjectURL(url);
      return [];
    });
  }, []);

  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, []);

  const usable = photos.filter(({ state }) => state.status === "usable").map(({ file }) => file);
  const isChecking = photos.some(({ state }) => state.status === "checking");
  return { photos, usable, isChecking, add, remove, checkAgain, clear };
}

export type NewPhotos = ReturnType<typeof useNewPhotos>;
