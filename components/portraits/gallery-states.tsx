"use client";

import { Images } from "lucide-react";
import Link from "next/link";
import { portraitsText as text } from "@/components/strings/portraits";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

const sign = <Images size={40} strokeWidth={1.25} aria-hidden className="text-ink-3" />;

export function GalleryEmpty() {
  return (
    <EmptyState
      figure={sign}
      title={text.galleryEmptyTitle}
      action={
        <Button asChild look="primary">
          <Link href="/faces">{text.galleryEmptyAction}</Link>
        </Button>
      }
    >
      {text.galleryEmpty}
    </EmptyState>
  );
}

export function GalleryNothing({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState figure={sign} title={text.nothingFits} action={<Button onClick={onClear}>{text.clearFilters}</Button>}>
      {text.nothingFitsNote}
    </EmptyState>
  );
}
