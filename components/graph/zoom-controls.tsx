import { Maximize, Minus, Plus } from "lucide-react";
import { graphText } from "@/components/strings/graph";
import { IconButton } from "@/components/ui/icon-button";
import type { GraphRenderer } from "./graph-renderer";

export function ZoomControls({ percent, renderer }: { percent: number; renderer: GraphRenderer | null }) {
  return (
    <span className="ml-auto flex items-center gap-0.5">
      <IconButton label={graphText.zoomOut} disabled={renderer === null} onClick={() => renderer?.zoom(-1)}>
        <Minus size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <span className="num w-12 text-center text-2 text-ink-2" aria-label={graphText.zoomLabel(percent)} role="img">
        {graphText.zoom(percent)}
      </span>
      <IconButton label={graphText.zoomIn} disabled={renderer === null} onClick={() => renderer?.zoom(1)}>
        <Plus size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label={graphText.fit} disabled={renderer === null} onClick={() => renderer?.fit()}>
        <Maximize size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
