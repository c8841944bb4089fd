"use client";

import { useRouter } from "next/navigation";
import { useMemo, type ReactNode } from "react";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { useFaces } from "@/components/faces/use-faces";
import { paletteText } from "@/components/strings/palette";
import type { FaceView } from "@/lib/faces/schemas";
import { runCommand, type CommandGroup } from "./command-store";
import { CommandIcon } from "./command-icon";
import { useAllCommands } from "./commands";
import { best, fit } from "./rank";

export type Entry = {
  id: string;
  label: string;
  keywords?: readonly string[] | undefined;
  group: CommandGroup;
  icon: ReactNode;
  note?: string | undefined;
  shortcut?: string | undefined;
  run: () => void;
};

export type EntryGroup = { group: CommandGroup; entries: Entry[] };

const groupOrder: CommandGroup[] = ["do", "go", "faces", "conversations", "display", "account"];
const facesBefore = 5;
const mostPerGroup = 12;

/** What the palette shows for what is typed; where nothing is typed, all there is to do and the latest faces. */
export function usePaletteEntries(query: string, extra: readonly Entry[] = []): EntryGroup[] {
  const wanted = query.trim();
  const commands = useAllCommands();
  const faces = useFaces().data;
  const router = useRouter();
  return useMemo(() => {
    const entries: Entry[] = [
      ...commands.map((command) => ({
        ...command,
        icon: <CommandIcon command={command} />,
        run: () => runCommand(command.id),
      })),
      ...faceEntries(faces ?? [], wanted, (path) => router.push(path)),
      ...extra,
    ];
    const groups = groupOrder.map((group) => {
      const own = entries.filter((entry) => entry.group === group);
      return {
        group,
        entries: wanted === "" ? own : group === "conversations" ? own : best(wanted, own, mostPerGroup),
      };
    });
    const filled = groups.filter((group) => group.entries.length > 0);
    return wanted === "" ? filled : filled.sort((a, b) => topOf(b, wanted) - topOf(a, wanted));
  }, [commands, faces, extra, wanted, router]);
}

const topOf = ({ entries }: EntryGroup, query: string): number => (entries[0] ? fit(query, entries[0]) : 0);

function faceEntries(faces: readonly FaceView[], query: string, open: (path: string) => void): Entry[] {
  if (query === "") return faces.slice(0, facesBefore).map((face) => faceEntry(face, open));
  const isPlaceMeant = /\s/.test(query);
  return faces.flatMap((face) => [faceEntry(face, open), ...(isPlaceMeant ? placesOfFace(face, open) : [])]);
}

function faceEntry(face: FaceView, open: (path: string) => void): Entry {
  return {
    id: face.id,
    label: face.name ?? face.username,
    keywords: [face.username, ...face.aliases],
    note: face.username,
    group: "faces",
    icon: <FaceAvatar face={face} size={20} />,
    run: () => open(`/faces/${face.username}`),
  };
}

/** The places of one face, found by its name and theirs: "alice sources". One word alone means the face itself. */
function placesOfFace(face: FaceView, open: (path: string) => void): Entry[] {
  return Object.entries(paletteText.facePlaces).map(([place, label]) => ({
    ...faceEntry(face, open),
    id: `${face.id} ${place}`,
    label: label(face.name ?? face.username),
    run: () => open(place === "chat" ? `/faces/${face.username}/chat` : `/faces/${face.username}?tab=${place}`),
  }));
}
