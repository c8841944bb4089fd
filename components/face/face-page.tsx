"use client";

import { MessageSquare } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { FaceStatus, syncShare } from "@/components/faces/face-status";
import { useFace } from "@/components/faces/use-faces";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { sumOf } from "@/components/fingerprint/components";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { useCommands } from "@/components/palette/commands";
import { faceText } from "@/components/strings/face";
import { useAfterSync } from "@/components/sync/use-after-sync";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useNow } from "@/components/ui/use-now";
import type { FaceView } from "@/lib/faces/schemas";
import { FormulaLine, SourcesOfParts } from "./composite-note";
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
  const tabs = faceTabs.filter((tab) => tab.isFor?.(face) ?? true);
  const current = tabs.find((tab) => tab.name === asked) ?? defaultTab(face);
  const isOfParts = face.formula !== null && asked === "sources";
  const name = face.name ?? face.username;
  const isGrowing = face.sync_status === "syncing" && face.formula === null;
  useFaceCommands(face, tabs);

  return (
    <>
      <PageHead
        figure={<FaceAvatar face={face} size={48} progress={isGrowing ? Math.max(0.08, syncShare(face)) : undefined} />}
        title={name}
        note={
          <>
            <span className="font-mono">{face.username}</span>
            <span aria-hidden>·</span>
            <FaceStatus face={face} now={now} />
            {face.formula === null ? null : <FormulaLine face={face} />}
            {face.is_sample ? <Chip>{faceText.sample}</Chip> : null}
          </>
        }
        actions={
          <>
            <Button asChild look={face.sync_status === "synced" ? "primary" : "plain"}>
              <Link href={`/faces/${face.username}/chat`}>
                <MessageSquare size={16} strokeWidth={1.75} aria-hidden />
                {isGrowing && sumOf(face.component_counts) > 0 ? faceText.chatWithDone : faceText.chat}
              </Link>
            </Button>
            <FaceMenu face={face} />
          </>
        }
      />
      <Tabs
        label={name}
        tabs={tabs.map((tab) => ({
          href: `/faces/${face.username}?tab=${tab.name}`,
          label: tab.label,
          count: tab.count?.(face),
          isCurrent: tab === current && !isOfParts,
        }))}
      />
      <div className="pt-5 wide:pt-6">
        {isOfParts ? <SourcesOfParts face={face} /> : current ? <current.Content face={face} /> : null}
      </div>
    </>
  );
}

/** The tabs and the chat, for the palette. */
function useFaceCommands(face: FaceView, tabs: readonly FaceTab[]): void {
  const router = useRouter();
  const name = face.name ?? face.username;
  useCommands([
    {
      id: "face.chat",
      label: faceText.chatWith(name),
      group: "do",
      shortcut: "c",
      run: () => router.push(`/faces/${face.username}/chat`),
    },
    ...tabs.map((tab) => ({
      id: `face.tab.${tab.name}`,
      label: faceText.openTab(name, tab.label),
      group: "go" as const,
      run: () => router.push(`/faces/${face.username}?tab=${tab.name}`, { scroll: false }),
    })),
  ]);
}

/** A face that is ready shows what it holds; one that is not shows what it needs. */
function defaultTab(face: FaceView): FaceTab | undefined {
  const wanted = face.sync_status === "synced" || face.formula !== null ? "primitives" : "sources";
  return faceTabs.find((tab) => tab.name === wanted);
}

function LoadingFace() {
  return (
    <div role="status" aria-label={faceText.loading}>
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
