"use client";

import { MessageSquare } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { FaceStatus, syncShare } from "@/components/faces/face-status";
import { useFace } from "@/components/faces/use-faces";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { sumOf } from "@/components/fingerprint/components";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { useAfterSync } from "@/components/sync/use-after-sync";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useNow } from "@/components/ui/use-now";
import type { FaceView } from "@/lib/faces/schemas";
import { FaceMenu } from "./face-menu";
import { FaceProblem } from "./face-problem";
import { type FaceTab, faceTabs } from "./face-tabs";

/** One face: what is known of it, what it was compiled from, and what came out. */
export function FacePage({ username }: { username: string }) {
  const face = useFace(username);
  return (
    <Column>
      {face.data ? (
        <LoadedFace face={face.data} />
      ) : face.error ? (
        <FaceProblem error={face.error} onRetry={() => void face.refetch()} />
      ) : (
        <LoadingFace />
      )}
    </Column>
  );
}

function LoadedFace({ face }: { face: FaceView }) {
  useAfterSync(face);
  const now = useNow();
  const asked = useSearchParams().get("tab");
  const current = faceTabs.find((tab) => tab.name === asked) ?? defaultTab(face);
  const name = face.name ?? face.username;

  return (
    <>
      <PageHead
        figure={
          <FaceFingerprint
            face={face}
            size={48}
            progress={face.sync_status === "syncing" ? Math.max(0.08, syncShare(face)) : undefined}
          />
        }
        title={name}
        note={
          <>
            <span className="font-mono">{face.username}</span>
            <span aria-hidden>·</span>
            <FaceStatus face={face} now={now} />
            {face.is_sample ? <Chip>Sample</Chip> : null}
          </>
        }
        actions={
          <>
            <Button asChild look={face.sync_status === "synced" ? "primary" : "plain"}>
              <Link href={`/faces/${face.username}/chat`}>
                <MessageSquare size={16} strokeWidth={1.75} aria-hidden />
                {face.sync_status === "syncing" && sumOf(face.component_counts) > 0 ? "Chat with what is done" : "Chat"}
              </Link>
            </Button>
            {face.is_sample ? null : <FaceMenu face={face} />}
          </>
        }
      />
      <Tabs
        label={name}
        tabs={faceTabs.map((tab) => ({
          href: `/faces/${face.username}?tab=${tab.name}`,
          label: tab.label,
          count: tab.count?.(face),
          isCurrent: tab === current,
        }))}
      />
      <div className="pt-5 wide:pt-6">{current ? <current.Content face={face} /> : null}</div>
    </>
  );
}

/** A face that is ready shows what it holds; one that is not shows what it needs. */
function defaultTab(face: FaceView): FaceTab | undefined {
  const wanted = face.sync_status === "synced" ? "primitives" : "sources";
  return faceTabs.find((tab) => tab.name === wanted);
}

function LoadingFace() {
  return (
    <div role="status" aria-label="Loading the face">
      <div className="mb-6 flex items-center gap-4">
        <span className="late">
          <Fingerprint data={{}} size={48} />
        </span>
        <div className="grid h-12 content-center gap-2.5">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="w-48" />
        </div>
      </div>
      <div className="h-10 border-b border-line" />
    </div>
  );
}
