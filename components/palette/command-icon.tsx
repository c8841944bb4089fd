import { ArrowRight, ChevronRight, CircleUserRound, SunMoon, type LucideIcon } from "lucide-react";
import type { Command, CommandGroup } from "./command-store";

const byGroup: Record<CommandGroup, LucideIcon> = {
  do: ChevronRight,
  go: ArrowRight,
  faces: ArrowRight,
  conversations: ArrowRight,
  display: SunMoon,
  account: CircleUserRound,
};

/** A command's own sign, or that of its group. */
export function CommandIcon({ command }: { command: Command }) {
  const Icon = command.icon ?? byGroup[command.group];
  return <Icon size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />;
}
