"use client";

import { useEffect, useState } from "react";

/** The section that is being read: the topmost that reaches into the upper third of the window. */
export function useSectionInView(sections: readonly { id: string }[]): string | null {
  const [inView, setInView] = useState<string | null>(null);
  const ids = sections.map(({ id }) => id).join(" ");
  useEffect(() => {
    const seen = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target.id);
          else seen.delete(target.id);
        }
        setInView(ids.split(" ").find((id) => seen.has(id)) ?? null);
      },
      { rootMargin: "0px 0px -67% 0px" },
    );
    for (const id of ids.split(" ")) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [ids]);
  return inView;
}
