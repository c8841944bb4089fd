import type { SyncResult } from "./wire";

/** Where the change that a sync made is shown; null when it made no version, or the first. @param face username */
export function diffHref(face: string, result: Pick<SyncResult, "versions"> | null): string | null {
  if (!result?.versions || result.versions.from === 0) return null;
  const { from, to } = result.versions;
  return `/faces/${face}?tab=versions&from=${from}&to=${to}`;
}
