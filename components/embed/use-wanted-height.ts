import { useEffect, useRef, type RefObject } from "react";

/**
 * Tells the page around a frame how high it would have to be to show everything, as
 * `{type: "faces:height", height}`: only to the site that the server found on the list.
 *
 * @param framer its origin; null tells nobody
 */
export function useWantedHeight(framer: string | null): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const content = frame.current?.querySelector("[data-content]");
    if (framer === null || window.parent === window || !content || !frame.current) return;
    const around = frame.current;
    const tell = () => {
      const scroller = content.parentElement;
      const rest = around.offsetHeight - (scroller?.clientHeight ?? 0);
      window.parent.postMessage({ type: "faces:height", height: rest + (scroller?.scrollHeight ?? 0) }, framer);
    };
    const observer = new ResizeObserver(tell);
    observer.observe(content);
    return () => observer.disconnect();
  }, [framer]);
  return frame;
}
