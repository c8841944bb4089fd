import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { sumOf } from "@/components/fingerprint/components";
import { faceText } from "@/components/strings/face";
import { portraitsText } from "@/components/strings/portraits";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";

export type FaceTab = {
  name: string;
  label: string;
  count?: (face: FaceView) => number | undefined;
  /** left out: every face has it */
  isFor?: (face: FaceView) => boolean;
  Content: ComponentType<{ face: FaceView }>;
};

function LoadingTab() {
  return (
    <div role="status" aria-label={faceText.loadingTab} className="grid gap-3 py-1">
      <Skeleton className="h-4 w-48" />
      <Skeleton className="max-w-120" />
      <Skeleton className="max-w-80" />
    </div>
  );
}

/** A tab's code comes when it is opened: nobody who reads statements has to load a recorder. */
const late = (load: () => Promise<ComponentType<{ face: FaceView }>>) =>
  dynamic(async () => ({ default: await load() }), { loading: LoadingTab });

/** Sources and versions of a composite are those of its parts. */
const isConcrete = (face: FaceView): boolean => face.formula === null;

/** The tabs of a face in their order. `name` is what stands in the address bar. */
export const faceTabs: FaceTab[] = [
  {
    name: "facts",
    label: faceText.tabs.facts,
    Content: late(() => import("./facts-tab").then(({ FactsTab }) => FactsTab)),
  },
  {
    name: "sources",
    label: faceText.tabs.sources,
    count: (face) => face.document_counts.total,
    isFor: isConcrete,
    Content: late(() => import("@/components/sources/sources-tab").then(({ SourcesTab }) => SourcesTab)),
  },
  {
    name: "primitives",
    label: faceText.tabs.primitives,
    count: (face) => sumOf(face.component_counts),
    Content: late(() => import("@/components/primitives/primitives-tab").then(({ PrimitivesTab }) => PrimitivesTab)),
  },
  {
    name: "graph",
    label: faceText.tabs.graph,
    Content: late(() => import("@/components/graph/graph-tab").then(({ GraphTab }) => GraphTab)),
  },
  {
    name: "voice",
    label: faceText.tabs.voice,
    Content: late(() => import("@/components/voice/voice-tab").then(({ VoiceTab }) => VoiceTab)),
  },
  {
    name: "fidelity",
    label: faceText.tabs.fidelity,
    isFor: isConcrete,
    Content: late(() => import("@/components/fidelity/fidelity-tab").then(({ FidelityTab }) => FidelityTab)),
  },
  {
    name: "versions",
    label: faceText.tabs.versions,
    count: (face) => (face.version > 0 ? face.version : undefined),
    isFor: isConcrete,
    Content: late(() => import("@/components/versions/versions-tab").then(({ VersionsTab }) => VersionsTab)),
  },
  {
    name: "portraits",
    label: portraitsText.tab,
    Content: late(() => import("@/components/portraits/portraits-tab").then(({ PortraitsTab }) => PortraitsTab)),
  },
  {
    name: "embed",
    label: faceText.tabs.embed,
    Content: late(() => import("@/components/embed/embed-tab").then(({ EmbedTab }) => EmbedTab)),
  },
];
