"use client";

import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import { useCopyFace } from "@/components/faces/use-cards";
import { faceText } from "@/components/strings/face";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import type { FaceView } from "@/lib/faces/schemas";

/** Why the sample cannot be changed, and how one gets a face like it that can. */
export function SampleNote({ face }: { face: FaceView }) {
  const router = useRouter();
  const copy = useCopyFace();

  function makeCopy() {
    copy.mutate(face.username, {
      onSuccess: (report) => {
        toast(faceText.copied(report.face.username));
        router.push(`/faces/${report.face.username}?tab=facts`);
      },
    });
  }

  return (
    <div className="grid justify-items-start gap-3 rounded-3 border border-line bg-sunk px-4 py-3">
      <p className="text-2 text-ink-2">{faceText.sampleNote}</p>
      {copy.error ? <ApiErrorBlock title={faceText.notCopied} error={copy.error} /> : null}
      <Button onClick={makeCopy} disabled={copy.isPending}>
        <Copy size={16} strokeWidth={1.75} aria-hidden />
        {copy.isPending ? faceText.copying : faceText.makeCopy}
      </Button>
    </div>
  );
}
