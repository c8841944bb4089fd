"use client";

import { useCallback, useMemo } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { usePortraitDeletions } from "./use-portrait-deletions";
import { useFavourite, usePicture, useUpscale } from "./use-portraits";

export type PortraitActions = {
  favourite: (portrait: PortraitView) => void;
  picture: (portrait: PortraitView) => void;
  upscale: (portrait: PortraitView) => void;
  /** can be taken back for a while */
  remove: (portrait: PortraitView) => void;
  /** only where an order can be written */
  again: ((portrait: PortraitView) => void) | null;
};

const sayError = (error: Error): void => void toast.error(error.message);

/**
 * What can be done with portraits, each with its answer.
 *
 * @param again puts a portrait's words and settings into the order that is being written
 * @returns the actions, and which portraits are not to be shown, because they are being deleted
 */
export function usePortraitActions(again: ((portrait: PortraitView) => void) | null) {
  const { mutate: mark } = useFavourite();
  const { mutate: show } = usePicture();
  const { mutate: enlarge } = useUpscale();
  const { doomed, remove } = usePortraitDeletions();

  const favourite = useCallback(
    ({ id, is_favourite }: PortraitView) => mark({ id, isFavourite: !is_favourite }, { onError: sayError }),
    [mark],
  );
  const picture = useCallback(
    ({ id, face, is_picture }: PortraitView) => {
      if (face === null) return;
      const name = face.name ?? face.username;
      show(
        { face: face.username, portrait: is_picture ? null : id },
        {
          onSuccess: () => void toast(is_picture ? text.pictureGone(name) : text.pictureSet(name)),
          onError: sayError,
        },
      );
    },
    [show],
  );
  const upscale = useCallback(
    ({ id }: PortraitView) => enlarge(id, { onSuccess: () => void toast(text.upscaleStarted), onError: sayError }),
    [enlarge],
  );
  const actions = useMemo<PortraitActions>(
    () => ({ favourite, picture, upscale, remove, again }),
    [favourite, picture, upscale, remove, again],
  );
  return { actions, doomed };
}
