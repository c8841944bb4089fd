"use client";

import { useEffect, useState, type RefObject } from "react";

/** What is nearer than this to the screen is drawn in full before one comes to it. */
const margin = "1500px 0px";

const callbacks = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Whether an element is, or once was, near to what is in sight. */
export function useNear(element: RefObject<Element | null>, isNearAtOnce: boolean): boolean {
  const [isNear, setIsNear] = useState(isNearAtOnce);
  useEffect(() => {
    const watched = element.current;
    if (isNear || watched === null) return;
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) callbacks.get(entry.target)?.();
      },
      { rootMargin: margin },
    );
    callbacks.set(watched, () => setIsNear(true));
    observer.observe(watched);
    return () => observer?.unobserve(watched);
  }, [element, isNear]);
  return isNear;
}
