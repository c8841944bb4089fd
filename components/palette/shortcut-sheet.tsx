"use client";

import { useId } from "react";
import { paletteText } from "@/components/strings/palette";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import type { Command, CommandGroup } from "./command-store";
import { useAllCommands } from "./commands";
import { setPalette } from "./palette-state";
import { ShortcutKeys } from "./shortcut-keys";
import { setSingleKeys, useSingleKeys } from "./use-shortcuts";

const groups: CommandGroup[] = ["do", "go", "faces", "conversations", "display", "account"];

/** Every shortcut there is on this page, and the switch for those that are single keys. */
export function ShortcutSheet() {
  const commands = useAllCommands().filter(({ shortcut }) => shortcut !== undefined && shortcut !== "?");
  return (
    <Dialog
      open
      onOpenChange={() => setPalette("closed")}
      title={paletteText.shortcuts}
      description={paletteText.shortcutsDescription}
    >
      <div className="grid gap-5">
        <Anywhere />
        {groups.map((group) => {
          const own = commands.filter((command) => command.group === group);
          return own.length > 0 ? <Group key={group} title={paletteText.groups[group]} commands={own} /> : null;
        })}
      </div>
      <SingleKeysSwitch />
    </Dialog>
  );
}

const line = "flex min-h-9 items-center justify-between gap-4 border-t border-line";

function Anywhere() {
  return (
    <section className="text-2">
      <h3 className="pb-1.5 text-1 font-text text-ink-3">{paletteText.anywhere}</h3>
      <p className={line}>
        {paletteText.openPalette}
        <ShortcutKeys shortcut="mod+k" />
      </p>
      <p className={line}>
        {paletteText.openSheet}
        <ShortcutKeys shortcut="?" />
      </p>
      <p className={line}>
        {paletteText.close}
        <Kbd>{paletteText.escape}</Kbd>
      </p>
    </section>
  );
}

function Group({ title, commands }: { title: string; commands: readonly Command[] }) {
  return (
    <section className="text-2">
      <h3 className="pb-1.5 text-1 font-text text-ink-3">{title}</h3>
      <ul>
        {commands.map((command) => (
          <li key={command.id} className={line}>
            {command.label}
            <ShortcutKeys shortcut={command.shortcut ?? ""} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SingleKeysSwitch() {
  const id = useId();
  const isOn = useSingleKeys();
  return (
    <div className="flex items-start justify-between gap-4 border-t border-line pt-4">
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-2 font-strong">
          {paletteText.singleKeys}
        </label>
        <p id={`${id}-note`} className="text-1 text-ink-3">
          {paletteText.singleKeysHint}
        </p>
      </div>
      <Switch id={id} aria-describedby={`${id}-note`} checked={isOn} onCheckedChange={setSingleKeys} />
    </div>
  );
}
