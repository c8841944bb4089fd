"use client";

import { EmptyState } from "@/components/ui/empty-state";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { primitivesText } from "@/components/strings/primitives";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { ApiError } from "@/lib/http/fetch-json";
import { PrimitiveDetail } from "./primitive-detail";
import { usePrimitive } from "./use-primitives";

type OpenStatementProps = {
  id: string;
  items: readonly PrimitiveView[];
  face: FaceView;
  onSelect: (id: string | null) => void;
};

/** The statement that the address names, also when the list has not come to it. */
export function OpenStatement({ id, items, face, onSelect }: OpenStatementProps) {
  const listed = items.find((item) => item.id === id);
  const asked = usePrimitive(face.username, listed ? null : id);
  const primitive = listed ?? asked.data;
  if (primitive) return <PrimitiveDetail primitive={primitive} face={face} onSelect={onSelect} />;
  if (asked.error instanceof ApiError && asked.error.status === 404)
    return (
      <EmptyState
        title={primitivesText.missing}
        action={<Button onClick={() => onSelect(null)}>{primitivesText.backToList}</Button>}
      >
        {primitivesText.missingAbout}
      </EmptyState>
    );
  if (asked.error)
    return <ApiErrorBlock title={primitivesText.failed} error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <div role="status" aria-label={primitivesText.loading} className="grid gap-4">
      <Skeleton className="w-24" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-48 w-full" />
    </div>
  );
}
