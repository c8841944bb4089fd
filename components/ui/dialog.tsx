"use client";

import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import type { DialogProps } from "./dialog-window";

/** No page has to load what a dialog is made of before one is opened. */
const DialogWindow = dynamic(() => import("./dialog-window").then((loaded) => loaded.DialogWindow), { ssr: false });

/** A question that must be answered before going on. Escape and the backdrop close it; focus comes back. */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  return wasOpen ? <DialogWindow {...props} /> : null;
}

/** The row of answers at the end of a dialog; the main one comes first. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}
