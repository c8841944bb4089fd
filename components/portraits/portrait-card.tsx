"use client";

import { Ellipsis, Star } from "lucide-react";
import { memo } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { cn } from "@/components/ui/cn";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { wordsOf } from "./order-text";
import { scoreWords } from "./score-words";
import type { PortraitActions } from "./use-portrait-actions";

type PortraitCardProps = {
  portrait: PortraitView;
  actions: PortraitActions;
  /** whose it is is said where portraits of several faces stand together */
  hasName: boolean;
  onOpen: (id: string) => void;
};

/** A portrait in a grid: the picture opens it large; below it stand its likeness, its seed and what can be done. */
export const PortraitCard = memo(function PortraitCard({ portrait, actions, hasName, onOpen }: PortraitCardProps) {
  const words = wordsOf(portrait);
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <button
        type="button"
        aria-label={text.open(words, portrait.seed)}
        onClick={() => onOpen(portrait.id)}
        className="block overflow-hidden rounded-3 bg-sunk-2"
      >
        <SmallPicture portrait={portrait} />
      </button>
      <figcaption className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex items-center">
          <Score portrait={portrait} className="mr-auto min-w-0" />
          <IconButton
            label={text.favourite}
            aria-pressed={portrait.is_favourite}
            onClick={() => actions.favourite(portrait)}
          >
            <Star size={14} strokeWidth={1.75} aria-hidden fill={portrait.is_favourite ? "currentColor" : "none"} />
          </IconButton>
        </div>
        <span className="truncate text-1 text-ink-2" title={words}>
          {hasName && portrait.face ? `${portrait.face.name ?? portrait.face.username}: ${words}` : words}
        </span>
        <div className="flex items-center">
          <span className="num mr-auto truncate text-1 text-ink-3">{text.seedOf(portrait.seed)}</span>
          <PortraitMenu portrait={portrait} actions={actions} />
        </div>
      </figcaption>
    </figure>
  );
});

/** The small picture in the room that it will take: nothing moves when it comes. */
function SmallPicture({ portrait }: { portrait: PortraitView }) {
  return (
    // eslint-disable-next-line @next/next/no-img-element -- signed and already small; no optimiser may keep it
    <img
      src={portrait.small_url}
      alt=""
      width={portrait.width}
      height={portrait.height}
      loading="lazy"
      decoding="async"
      className="h-auto w-full"
    />
  );
}

/** "0.86 the very face" */
export function Score({ portrait, className }: { portrait: PortraitView; className?: string }) {
  const { identity_score: score } = portrait;
  return (
    <span className={cn("text-2", className)}>
      {score === null ? null : <span className="num font-strong">{text.score(score)} </span>}
      <span className="text-ink-3">{scoreWords(portrait)}</span>
    </span>
  );
}

/** What else can be done with a portrait. */
function PortraitMenu({ portrait, actions }: { portrait: PortraitView; actions: PortraitActions }) {
  const name = portrait.face ? (portrait.face.name ?? portrait.face.username) : null;
  return (
    <Menu
      label={text.moreOf(portrait.seed)}
      trigger={
        <IconButton label={text.moreOf(portrait.seed)} hasTooltip={false}>
          <Ellipsis size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      {name === null ? null : (
        <MenuItem onSelect={() => actions.picture(portrait)}>
          {portrait.is_picture ? text.dropPicture : text.usePicture(name)}
        </MenuItem>
      )}
      <MenuItem asChild>
        <a href={portrait.url} download={text.downloadName(portrait.face?.username ?? "portrait", portrait.seed)}>
          {text.download}
        </a>
      </MenuItem>
      {portrait.is_mock || portrait.super_resolution ? null : (
        <MenuItem onSelect={() => actions.upscale(portrait)}>{text.upscale}</MenuItem>
      )}
      {actions.again ? <MenuItem onSelect={() => actions.again?.(portrait)}>{text.makeAgain}</MenuItem> : null}
      <MenuLine />
      <MenuItem danger onSelect={() => actions.remove(portrait)}>
        {text.deleteOne}
      </MenuItem>
    </Menu>
  );
}
