"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { useUrlState } from "@/components/ui/use-url-state";
import { countOf } from "@/lib/format";
import { CreateFaceDialog } from "./create-face-dialog";
import { FaceRow, faceColumns } from "./face-row";
import { useFaces } from "./use-faces";
import type { FaceView } from "@/lib/faces/schemas";

/** The list of faces is only worth a search box past this many. */
const searchFrom = 8;

export function FacesPage() {
  const faces = useFaces();
  const [isCreating, setIsCreating] = useState(false);
  const own = faces.data?.filter((face) => !face.is_sample) ?? [];

  return (
    <Column>
      <PageHead
        title="Faces"
        note={faces.data ? (own.length > 0 ? countOf(own.length, "face") : "None of your own yet") : null}
        actions={
          <Button look="primary" onClick={() => setIsCreating(true)}>
            <Plus size={16} strokeWidth={1.75} aria-hidden />
            New face
          </Button>
        }
      />
      {faces.error ? (
        <ApiErrorBlock
          title="The faces could not be loaded"
          error={faces.error}
          onRetry={() => void faces.refetch()}
          className="mb-6"
        />
      ) : null}
      {faces.data ? <FaceList faces={faces.data} /> : faces.isPending ? <LoadingList /> : null}
      {faces.data && own.length === 0 ? (
        <EmptyState
          title="No face of your own yet"
          action={<Button onClick={() => setIsCreating(true)}>Create your first face</Button>}
        >
          A face is compiled from what somebody wrote or said. A page of a journal is enough to begin.
          {faces.data.length > 0 ? " The sample face above is ready to talk to." : ""}
        </EmptyState>
      ) : null}
      <CreateFaceDialog open={isCreating} onOpenChange={setIsCreating} />
    </Column>
  );
}

function FaceList({ faces }: { faces: FaceView[] }) {
  const now = useNow();
  const [query, setQuery] = useUrlState("q");
  if (faces.length === 0) return null;
  const wanted = query.trim().toLowerCase();
  const shown =
    wanted === ""
      ? faces
      : faces.filter((face) =>
          `${face.username} ${face.name ?? ""} ${face.basic_facts ?? ""}`.toLowerCase().includes(wanted),
        );

  return (
    <>
      {faces.length >= searchFrom ? (
        <SearchInput
          label="Find a face"
          placeholder="Find a face, or a word in its facts"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-2 max-w-80"
        />
      ) : null}
      <ul className="border-y border-line">
        {shown.map((face) => (
          <FaceRow key={face.id} face={face} now={now} />
        ))}
      </ul>
      {shown.length === 0 ? <p className="py-6 text-2 text-ink-2">No face holds “{query}”.</p> : null}
      <Legend />
    </>
  );
}

function Legend() {
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-1 text-ink-3">
      {componentKeys.map((key) => (
        <span key={key} className="flex items-center gap-1.5">
          <RingKey component={key} />
          {componentNames[key].letter} {componentNames[key].name.toLowerCase()}
        </span>
      ))}
      <span className="hidden wide:ml-auto wide:block">Bars and numbers count statements in that order</span>
    </p>
  );
}

function LoadingList() {
  return (
    <div role="status" aria-label="Loading faces" className="border-y border-line">
      {[28, 20, 24].map((width) => (
        <div key={width} className={`${faceColumns} border-t border-line first:border-t-0`}>
          <span className="late">
            <Fingerprint data={{}} size={48} />
          </span>
          <div className="grid h-11 content-center gap-2.5">
            <Skeleton className="w-28" />
            <Skeleton className="h-2.5 w-full max-w-72" />
          </div>
        </div>
      ))}
    </div>
  );
}
