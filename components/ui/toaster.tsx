"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { toastsWanted } from "./toast";

const ToasterWindow = dynamic(() => import("./toaster-window").then((loaded) => loaded.ToasterWindow), { ssr: false });

/** Short answers to what a person just did. What must not be missed is said on the page instead. */
export function Toaster() {
  const isWanted = useSyncExternalStore(toastsWanted.subscribe, toastsWanted.get, () => false);
  return isWanted ? <ToasterWindow /> : null;
}
