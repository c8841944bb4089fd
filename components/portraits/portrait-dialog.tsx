"use client";

import { ChevronLeft, ChevronRight, Download, Star } from "lucide-react";
import type { KeyboardEvent } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { formatDateTime } from "@/lib/format";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { wordsOf } from "./order-text";
import { PortraitReading } from "./portrait-reading";
import { Score } from "./portrait-card";
import type { PortraitActions } from "./use-portrait-actions";

type PortraitDialogProps = {
  /** those that one can go through */
  portraits: readonly PortraitView[];
  /** the id of the one that is shown; "" is none */
  open: string;
  onOpen: (id: string) => void;
  actions: PortraitActions;
};

/** A portrait as large as the window allows, with what it was made from. Arrow keys go to its neighbours. */
export function PortraitDialog({ portraits, open, onOpen, actions }: PortraitDialogProps) {
  const at = portraits.findIndex(({ id }) => id === open);
  const portrait = portraits[at];
  const go = (step: number) => {
    const next = portraits[at + step];
    if (next) onOpen(next.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    go(event.key === "ArrowLeft" ? -1 : 1);
  };
  return (
    <Dialog
      open={portrait !== undefined}
      onOpenChange={(isOpen) => (isOpen ? undefined : onOpen(""))}
      title={text.largeTitle}
      className="mid:top-[4vh] mid:max-h-[92dvh] mid:max-w-220"
    >
      {portrait ? (
        <div onKeyDown={onKeyDown} className="grid items-start gap-5 mid:grid-cols-[minmax(0,1fr)_240px]">
          <div className="relative grid justify-items-center rounded-3 bg-sunk">
            {/* eslint-disable-next-line @next/next/no-img-element -- signed; no optimiser may keep it */}
            <img
              key={portrait.id}
              src={portrait.url}
              alt={portrait.is_mock ? text.placeholderAlt : text.alt(wordsOf(portrait), portrait.seed)}
              width={portrait.width}
              height={portrait.height}
              className="h-auto max-h-[60dvh] w-auto max-w-full rounded-3 object-contain mid:max-h-[78dvh]"
            />
          </div>
          <div className="grid gap-4">
            <div className="flex items-center gap-1">
              <Score portrait={portrait} className="mr-auto" />
              <IconButton label={text.previous} disabled={at === 0} onClick={() => go(-1)}>
                <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
              <IconButton label={text.next} disabled={at === portraits.length - 1} onClick={() => go(1)}>
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </div>
            <Actions portrait={portrait} actions={actions} />
            <PortraitReading promptId={portrait.prompt_id} />
            <Facts portrait={portrait} />
          </div>
        </div>
      ) : (
        <span />
      )}
    </Dialog>
  );
}

function Actions({ portrait, actions }: { portrait: PortraitView; actions: PortraitActions }) {
  const { face, is_favourite: isFavourite, is_picture: isPicture } = portrait;
  return (
    <div className="grid gap-2">
      {face ? (
        <Button
          look={isPicture ? "plain" : "primary"}
          onClick={() => actions.picture(portrait)}
          className="whitespace-normal"
        >
          {isPicture ? text.dropPicture : text.usePicture(face.name ?? face.username)}
        </Button>
      ) : null}
      <Button aria-pressed={isFavourite} onClick={() => actions.favourite(portrait)}>
        <Star size={16} strokeWidth={1.75} aria-hidden fill={isFavourite ? "currentColor" : "none"} />
        {text.favourite}
      </Button>
      <Button asChild>
        <a href={portrait.url} download={text.downloadName(face?.username ?? "portrait", portrait.seed)}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {text.download}
        </a>
      </Button>
      {portrait.is_mock || portrait.super_resolution ? null : (
        <Button onClick={() => actions.upscale(portrait)}>{text.upscale}</Button>
      )}
      {actions.again ? <Button onClick={() => actions.again?.(portrait)}>{text.makeAgain}</Button> : null}
      <Button look="danger" onClick={() => actions.remove(portrait)}>
        {text.deleteOne}
      </Button>
    </div>
  );
}

function Facts({ portrait }: { portrait: PortraitView }) {
  const names = text.facts;
  const facts = [
    [names.prompt, wordsOf(portrait)],
    [names.negative, portrait.negative_prompt],
    [names.of, portrait.tunes.map(({ title }) => title).join(", ")],
    [names.engine, text.engineNames[portrait.engine] ?? portrait.engine],
    [names.size, text.sizeOf(portrait.width, portrait.height)],
    [names.seed, String(portrait.seed)],
    [names.made, formatDateTime(portrait.created_at)],
  ] as const;
  return (
    <dl className="grid gap-2">
      {facts.map(([name, value]) =>
        value === "" ? null : (
          <div key={name}>
            <dt className="text-1 text-ink-3">{name}</dt>
            <dd className="num text-2 wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
