"use client";

import type { Entry } from "./use-palette-entries";

const none: readonly Entry[] = [];

/** Conversations that hold what is typed. */
export function useFoundConversations(_query: string): readonly Entry[] {
  return none;
}
