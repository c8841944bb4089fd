"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** This near to the end counts as being there. */
const nearPixels = 24;

/**
 * Stays at the end while the content grows, and yields at once to a reader who scrolls up: then nothing moves under
 * them until they go to the end themselves.
 */
export function useFollowing() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAway, setIsAway] = useState(false);

  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (!outer || !inner) return;
    let lastTop = outer.scrollTop;
    let lastHeight = outer.scrollHeight;
    const distance = () => outer.scrollHeight - outer.scrollTop - outer.clientHeight;
    const onScroll = () => {
      // content that shrinks moves the place up too: that is nobody's wish
      const isShorter = outer.scrollHeight < lastHeight;
      if (!isShorter && distance() <= nearPixels) isFollowing.current = true;
      else if (outer.scrollTop < lastTop - 1 && !isShorter) isFollowing.current = false;
      lastTop = outer.scrollTop;
      lastHeight = outer.scrollHeight;
      setIsAway(distance() > 160 && !isFollowing.current);
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) isFollowing.current = false;
    };
    const onSize = () => {
      if (isFollowing.current) outer.scrollTop = outer.scrollHeight;
      lastTop = outer.scrollTop;
      lastHeight = outer.scrollHeight;
    };
    const sizes = new ResizeObserver(onSize);
    sizes.observe(inner);
    sizes.observe(outer);
    outer.addEventListener("scroll", onScroll, { passive: true });
    outer.addEventListener("wheel", onWheel, { passive: true });
    return () => {
      sizes.disconnect();
      outer.removeEventListener("scroll", onScroll);
      outer.removeEventListener("wheel", onWheel);
    };
  }, []);

  const toEnd = useCallback(() => {
    isFollowing.current = true;
    setIsAway(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  return { scroller, content, isAway, toEnd };
}
