"use client";

import { Slot } from "radix-ui";
import { useState, type ComponentType, type ReactNode } from "react";

export type LateProps = {
  trigger: ReactNode;
  /** It was opened with a key: then the first thing in it gets the focus. */
  isByKey: boolean;
};

type LateTriggerProps<Props> = {
  trigger: ReactNode;
  kind: "menu" | "dialog";
  load: () => Promise<ComponentType<Props & LateProps>>;
  frame: Props;
};

/**
 * A button whose menu or popover is loaded when somebody is about to open it: what those are made of weighs more than
 * most pages. Once loaded, the window brings its own trigger and opens at once.
 */
export function LateTrigger<Props extends object>({ trigger, kind, load, frame }: LateTriggerProps<Props>) {
  const [opened, setOpened] = useState<{ Window: ComponentType<Props & LateProps>; isByKey: boolean } | null>(null);
  if (opened) return <opened.Window {...frame} trigger={trigger} isByKey={opened.isByKey} />;
  const open = (isByKey: boolean) =>
    void load().then(
      (Window) => setOpened({ Window, isByKey }),
      // a part of the page that is missing is told where every such part is: in place of the page
      (error: unknown) =>
        setOpened(() => {
          throw error;
        }),
    );
  const prepare = () => void load().catch(() => undefined);
  return (
    <Slot.Root
      aria-haspopup={kind}
      aria-expanded={false}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={({ detail }) => open(detail === 0)}
      onKeyDown={(event) => {
        if (kind !== "menu" || event.key !== "ArrowDown") return;
        event.preventDefault();
        open(true);
      }}
    >
      {trigger}
    </Slot.Root>
  );
}

/** Moves the focus to the first of `selector` in a window that has just opened, after the window took it itself. */
export function focusFirst(window: HTMLElement | null, selector: string): void {
  requestAnimationFrame(() => window?.querySelector<HTMLElement>(selector)?.focus());
}
