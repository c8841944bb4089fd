"use client";

import { useEffect, useRef, useState } from "react";

/** Seconds that something has been running, without its pauses. */
export function useElapsed(isRunning: boolean): number {
  const [seconds, setSeconds] = useState(0);
  const before = useRef(0);
  useEffect(() => {
    if (!isRunning) return;
    const from = performance.now() - before.current;
    const timer = setInterval(() => {
      before.current = performance.now() - from;
      setSeconds(Math.floor(before.current / 1000));
    }, 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  return seconds;
}
