"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export type WorkState =
  { status: "waiting" } | { status: "working" } | { status: "done" } | { status: "failed"; error: unknown };

export type BulkWork = {
  states: ReadonlyMap<string, WorkState>;
  phase: "ready" | "working" | "ended";
  /** how many of those that were tried failed */
  failed: string[];
  /** Does the work for each id, some at a time, and a group when the one before is done. @returns who failed */
  run: (...groups: readonly (readonly string[])[]) => Promise<string[]>;
};

/** At once: the server counts what comes from one account. */
const atOnce = 3;

/** One piece of work for each of many things: a failure stops none of the others. */
export function useBulkWork(work: (id: string) => Promise<unknown>): BulkWork {
  const [states, setStates] = useState<ReadonlyMap<string, WorkState>>(new Map());
  const [phase, setPhase] = useState<BulkWork["phase"]>("ready");
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const set = useCallback((id: string, state: WorkState) => setStates((before) => new Map(before).set(id, state)), []);
  const run = useCallback(
    async (...groups: readonly (readonly string[])[]) => {
      setPhase("working");
      for (const id of groups.flat()) set(id, { status: "waiting" });
      const failed: string[] = [];
      const one = async (id: string) => {
        set(id, { status: "working" });
        try {
          await latest.current(id);
          set(id, { status: "done" });
        } catch (error) {
          failed.push(id);
          set(id, { status: "failed", error });
        }
      };
      for (const group of groups) {
        const waiting = [...group];
        const next = async () => {
          for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await one(id);
        };
        await Promise.all(Array.from({ length: atOnce }, next));
      }
      setPhase("ended");
      return failed;
    },
    [set],
  );
  const failed = [...states].flatMap(([id, { status }]) => (status === "failed" ? [id] : []));
  return { states, phase, failed, run };
}
