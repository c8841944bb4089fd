"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { embedText } from "@/components/strings/embed";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import type { FaceView } from "@/lib/faces/schemas";
import { useDeleteEmbed } from "./use-embed";

/** The end of the page. Switching it off keeps everything; this does not. */
export function EmbedEnd({ face }: { face: FaceView }) {
  const [isOpen, setIsOpen] = useState(false);
  const end = useDeleteEmbed(face.username);
  return (
    <div className="pt-6 mid:pl-40">
      <Button look="danger" onClick={() => setIsOpen(true)}>
        {embedText.remove}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={embedText.removeTitle} description={embedText.removeAbout}>
        {end.error ? <ApiErrorBlock title={embedText.saveFailed} error={end.error} /> : null}
        <DialogActions>
          <Button
            look="danger"
            disabled={end.isPending}
            onClick={() => end.mutate(undefined, { onSuccess: () => toast(embedText.removed) })}
          >
            {embedText.remove}
          </Button>
          <Button look="ghost" onClick={() => setIsOpen(false)}>
            {embedText.keep}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
