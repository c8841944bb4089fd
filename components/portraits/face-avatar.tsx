/* eslint-disable @next/next/no-img-element -- signed addresses of our own, in the size that is shown */
"use client";

import { useState } from "react";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { portraitsText } from "@/components/strings/portraits";
import { cn } from "@/components/ui/cn";
import type { FaceView } from "@/lib/faces/schemas";

type FaceAvatarProps = {
  face: Pick<FaceView, "fingerprint" | "component_counts" | "name" | "username" | "picture">;
  /** Side in pixels. */
  size: number;
  /** Of a sync that runs: the fingerprint shows it as it grows. */
  progress?: number | undefined;
  /** It stands alone: read out, and not decoration beside a name. */
  isNamed?: boolean;
};

/** A face as it is shown: by the portrait that was chosen, else by its fingerprint. Both take the same room. */
export function FaceAvatar({ face, size, progress, isNamed }: FaceAvatarProps) {
  if (face.picture === null || progress !== undefined)
    return <FaceFingerprint face={face} size={size} progress={progress} {...(isNamed ? { isNamed } : {})} />;
  const name = face.name ?? face.username;
  return (
    <Picture
      key={face.picture.small_url}
      src={size > 240 ? face.picture.url : face.picture.small_url}
      size={size}
      alt={isNamed ? portraitsText.pictureOf(name) : ""}
      instead={<FaceFingerprint face={face} size={size} {...(isNamed ? { isNamed } : {})} />}
    />
  );
}

type PictureProps = { src: string; size: number; alt: string; instead: React.ReactNode; className?: string };

/** The upper part of a portrait, round; heads stand there. An address that went stale gives way to what is instead. */
export function Picture({ src, size, alt, instead, className }: PictureProps) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return instead;
  return (
    <img
      src={src}
      alt={alt}
      width={size}
      height={size}
      decoding="async"
      onError={() => setIsBroken(true)}
      className={cn("shrink-0 rounded-full bg-sunk-2 object-cover object-[50%_22%]", className)}
      style={{ width: size, height: size }}
    />
  );
}
