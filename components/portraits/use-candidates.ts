"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { toast } from "@/components/ui/toast";
import { ApiError } from "@/lib/http/fetch-json";
import { maxPhotoMb, mostPhotos, type PhotoCheck } from "@/lib/portraits/tune-schemas";
import { checkPhoto } from "./use-tunes";

/** A photo that was chosen, and what was found in it. It stays in this browser until it is kept. */
export type Candidate = {
  id: string;
  file: File;
  /** of the file, for this page only */
  url: string;
  state: "waiting" | "checking" | "good" | "refused" | "failed";
  check: PhotoCheck | null;
  /** why it is refused or could not be looked at */
  problem: string | null;
};

const maxBytes = maxPhotoMb * 1_048_576;

/**
 * Photos that were chosen but not kept yet. They are looked at one after the other: the installation looks at one at a
 * time anyway, and the first answer comes soonest so.
 *
 * @param room how many more the set of photos takes
 */
export function useCandidates(room: number) {
  const [candidates, setCandidates] = useState<readonly Candidate[]>([]);
  const change = useCallback(
    (id: string, fields: Partial<Candidate>) =>
      setCandidates((all) => all.map((one) => (one.id === id ? { ...one, ...fields } : one))),
    [],
  );
  useChecks(candidates, change);
  useRevoked(candidates);

  const add = useCallback(
    (files: readonly File[]) => {
      if (files.length > room - candidates.length) toast(text.tooMany(mostPhotos));
      const taken = files.slice(0, Math.max(0, room - candidates.length)).map(toCandidate);
      setCandidates((all) => [...all, ...taken]);
    },
    [candidates.length, room],
  );
  const remove = useCallback((id: string) => setCandidates((all) => all.filter((one) => one.id !== id)), []);
  const retry = useCallback((id: string) => change(id, { state: "waiting", problem: null }), [change]);
  const clearGood = useCallback(() => setCandidates((all) => all.filter(({ state }) => state !== "good")), []);
  return { candidates, good: candidates.filter(({ state }) => state === "good"), add, remove, retry, clearGood };
}

export type Candidates = ReturnType<typeof useCandidates>;

function toCandidate(file: File): Candidate {
  const isTooLarge = file.size > maxBytes;
  const url = URL.createObjectURL(file);
  return {
    id: url,
    file,
    url,
    state: isTooLarge ? "refused" : "waiting",
    check: null,
    problem: isTooLarge ? text.tooLarge(file.size) : null,
  };
}

/** Looks at the first that waits, as long as there is one. */
function useChecks(candidates: readonly Candidate[], change: (id: string, fields: Partial<Candidate>) => void): void {
  const isBusy = candidates.some(({ state }) => state === "checking");
  const next = isBusy ? undefined : candidates.find(({ state }) => state === "waiting");
  const life = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    life.current = controller;
    return () => controller.abort();
  }, []);
  useEffect(() => {
    if (next === undefined || life.current === null) return;
    change(next.id, { state: "checking" });
    void look(next.file, life.current.signal).then((found) => change(next.id, found));
  }, [next, change]);
}

async function look(file: File, signal: AbortSignal): Promise<Partial<Candidate>> {
  try {
    const check = await checkPhoto(file, signal);
    return { check, state: check?.is_good ? "good" : "refused", problem: check?.message ?? null };
  } catch (error) {
    return { state: "failed", problem: error instanceof ApiError ? error.message : text.checkFailed };
  }
}

/** The addresses of files that are no longer shown are given back. */
function useRevoked(candidates: readonly Candidate[]): void {
  const shown = useRef(new Set<string>());
  useEffect(() => {
    const now = new Set(candidates.map(({ url }) => url));
    for (const url of shown.current) if (!now.has(url)) URL.revokeObjectURL(url);
    shown.current = now;
  }, [candidates]);
}
