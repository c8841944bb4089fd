"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { tooltipPlace } from "./tooltip-place";
import type { TooltipSide } from "./tooltip";

/** A pointer that only passes by opens nothing; after one tooltip the next comes at once. */
const delayMs = 400;
const warmMs = 300;

type Shown = { anchor: HTMLElement; label: string; side: TooltipSide };

/**
 * The tooltips of a page: one element for all, so that hundreds of icon buttons cost nothing. It comes by pointer and by
 * keyboard, stays while the pointer is on it, and Escape closes it.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => listen(tip, setShown), []);
  useLayoutEffect(() => {
    if (!shown || !tip.current) return;
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const place = tooltipPlace(
      shown.anchor.getBoundingClientRect(),
      { width: tip.current.offsetWidth, height: tip.current.offsetHeight },
      { width, height },
      shown.side,
    );
    tip.current.style.translate = `${place.left}px ${place.top}px`;
  }, [shown]);

  if (!shown) return null;
  return (
    <div
      ref={tip}
      // its words are the label of the button already
      aria-hidden
      className="appear fixed top-0 left-0 z-50 w-max max-w-72 rounded-1 bg-ink px-2 py-1 text-1 text-bg"
    >
      {shown.label}
    </div>
  );
}

function listen(tip: { current: HTMLElement | null }, show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let anchor: HTMLElement | null = null;
  let closedAt = 0;

  const close = () => {
    clearTimeout(timer);
    if (anchor) closedAt = performance.now();
    anchor = null;
    show(null);
  };
  const open = (target: HTMLElement, afterMs: number) => {
    clearTimeout(timer);
    anchor = target;
    timer = setTimeout(() => {
      if (!target.isConnected) return close();
      const { tooltip = "", tooltipSide = "top" } = target.dataset;
      show({ anchor: target, label: tooltip, side: tooltipSide as TooltipSide });
    }, afterMs);
  };
  const onOver = (event: PointerEvent) => {
    if (event.pointerType !== "mouse") return;
    const target = explained(event.target);
    if (target === anchor || (event.target instanceof Node && tip.current?.contains(event.target))) return;
    if (target) open(target, performance.now() - closedAt < warmMs ? 0 : delayMs);
    else if (anchor) close();
  };
  const onFocus = (event: FocusEvent) => {
    const target = explained(event.target);
    if (target?.matches(":focus-visible")) open(target, 0);
    else if (anchor) close();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && anchor) close();
  };

  const stopping = new AbortController();
  const options = { signal: stopping.signal, capture: true, passive: true };
  document.addEventListener("pointerover", onOver, options);
  document.addEventListener("pointerdown", close, options);
  document.addEventListener("focusin", onFocus, options);
  document.addEventListener("keydown", onKey, options);
  addEventListener("scroll", close, options);
  return () => {
    clearTimeout(timer);
    stopping.abort();
  };
}

const explained = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
