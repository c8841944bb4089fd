import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { sumOf } from "@/components/fingerprint/components";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";

export type FaceTab = {
  name: string;
  label: string;
  count?: (face: FaceView) => number | undefined;
  Content: ComponentType<{ face: FaceView }>;
};

/** A tab's code comes when it is opened: nobody who reads statements has to load a recorder. */
const late = (load: () => Promise<ComponentType<{ face: FaceView }>>) =>
  dynamic(async () => ({ default: await load() }), { loading: () => <Skeleton className="h-4 w-48" /> });

/** The tabs of a face in their order. `name` is what stands in the address bar. */
export const faceTabs: FaceTab[] = [
  {
    name: "facts",
    label: "Facts",
    Content: late(() => import("./facts-tab").then(({ FactsTab }) => FactsTab)),
  },
  {
    name: "sources",
    label: "Sources",
    count: (face) => face.document_counts.total,
    Content: late(() => import("@/components/sources/sources-tab").then(({ SourcesTab }) => SourcesTab)),
  },
  {
    name: "primitives",
    label: "Primitives",
    count: (face) => sumOf(face.component_counts),
    Content: late(() => import("@/components/primitives/primitives-tab").then(({ PrimitivesTab }) => PrimitivesTab)),
  },
  {
    name: "graph",
    label: "Graph",
    Content: late(() => import("@/components/graph/graph-tab").then(({ GraphTab }) => GraphTab)),
  },
  {
    name: "voice",
    label: "Voice",
    Content: late(() => import("@/components/voice/voice-tab").then(({ VoiceTab }) => VoiceTab)),
  },
  {
    name: "versions",
    label: "Versions",
    count: (face) => (face.version > 0 ? face.version : undefined),
    Content: late(() => import("@/components/versions/versions-tab").then(({ VersionsTab }) => VersionsTab)),
  },
  {
    name: "embed",
    label: "Embed",
    Content: late(() => import("@/components/embed/embed-tab").then(({ EmbedTab }) => EmbedTab)),
  },
];
