"use client";

import { useEffect } from "react";
import { readerOf, setReader } from "@/lib/format-reader";

/**
 * Writes numbers and times for whoever reads this page. After the first drawing only, which the server has drawn for
 * nobody in particular: what is fetched comes later, and is written for the reader. It belongs inside of the boundary
 * (Suspense) that is drawn with it: what hydrates later than this would differ from what the server drew.
 */
export function useReader(): void {
  useEffect(() => {
    setReader(readerOf(navigator.language, new Intl.DateTimeFormat().resolvedOptions().timeZone));
  }, []);
}
