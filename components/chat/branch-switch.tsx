import { ChevronLeft, ChevronRight } from "lucide-react";
import { chatText } from "@/components/strings/chat";
import { IconButton } from "@/components/ui/icon-button";
import type { ChatMessage } from "./chat-message";

type BranchSwitchProps = {
  message: ChatMessage;
  siblings: readonly ChatMessage[];
  onShow: (id: string) => void;
};

/** ‹ 1/2 ›: the other questions that were asked here, or the other answers to this one. */
export function BranchSwitch({ message, siblings, onShow }: BranchSwitchProps) {
  if (siblings.length < 2) return null;
  const at = siblings.findIndex(({ id }) => id === message.id);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  return (
    <span
      role="group"
      aria-label={chatText.versionsLabel(at + 1, siblings.length)}
      className="num inline-flex items-center text-1 text-ink-3"
    >
      <IconButton
        label={chatText.previous}
        hasTooltip={false}
        disabled={!before}
        onClick={() => before && onShow(before.id)}
      >
        <ChevronLeft size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
      {chatText.versionOf(at + 1, siblings.length)}
      <IconButton label={chatText.next} hasTooltip={false} disabled={!after} onClick={() => after && onShow(after.id)}>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
