import { Download, RefreshCw, Trash2 } from "lucide-react";
import { facesText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { CardFormat } from "./use-cards";

type SelectionBarProps = {
  count: number;
  of: number;
  onAll: () => void;
  onNone: () => void;
  onSync: () => void;
  onExport: (format: CardFormat) => void;
  onDelete: () => void;
};

/** What can be done with several faces at once. It stays in sight while one scrolls. */
export function SelectionBar({ count, of, onAll, onNone, onSync, onExport, onDelete }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label={facesText.selection}
      className="sticky top-13 z-20 mb-2 flex min-h-11 flex-wrap items-center gap-2 rounded-2 bg-accent-soft px-3 py-1 wide:top-0"
    >
      <span role="status" className="num mr-auto text-2 font-strong">
        {facesText.selected(count)}
      </span>
      {count < of ? (
        <Button look="ghost" onClick={onAll}>
          {facesText.selectAll(of)}
        </Button>
      ) : null}
      <Button look="ghost" onClick={onNone}>
        {facesText.selectNone}
      </Button>
      <Button onClick={onSync}>
        <RefreshCw size={16} strokeWidth={1.75} aria-hidden />
        <span className="sr-only mid:not-sr-only">{facesText.syncSelected}</span>
      </Button>
      <Menu
        trigger={
          <Button>
            <Download size={16} strokeWidth={1.75} aria-hidden />
            <span className="sr-only mid:not-sr-only">{facesText.exportSelected}</span>
          </Button>
        }
      >
        <MenuItem onSelect={() => onExport("json")}>{facesText.exportJson}</MenuItem>
        <MenuItem onSelect={() => onExport("png")}>{facesText.exportPng}</MenuItem>
      </Menu>
      <Button look="danger" onClick={onDelete}>
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        <span className="sr-only mid:not-sr-only">{facesText.deleteSelected}</span>
      </Button>
    </div>
  );
}
