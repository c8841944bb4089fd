import type { Onboarding } from "@/components/account/wire";
import { onboardingText } from "@/components/strings/onboarding";
import type { FaceView } from "@/lib/faces/schemas";

export type FirstStep = {
  id: "face" | "source" | "sync" | "chat" | "api";
  label: string;
  /** what follows the label while it is the next step */
  why: string;
  isDone: boolean;
  /** the first that is not done */
  isNext: boolean;
  /** where it is done */
  href: string;
};

type Named = Pick<FaceView, "username" | "name" | "is_sample" | "synced_at" | "formula">;

/** What a newcomer does first, and where each of it is done with the faces there are. The newest face comes first. */
export function firstSteps(done: Onboarding, faces: readonly Named[]): FirstStep[] {
  const { steps } = onboardingText;
  const own = faces.filter((face) => !face.is_sample && face.formula === null);
  const sources = own[0] ? `/faces/${own[0].username}?tab=sources` : "/faces";
  const talker =
    faces.find((face) => !face.is_sample && face.synced_at !== null) ?? faces.find((face) => face.is_sample);
  const all = [
    { id: "face", ...steps.face, isDone: done.has_face, href: "/faces?new=own" },
    { id: "source", ...steps.source, isDone: done.has_source, href: sources },
    { id: "sync", ...steps.sync, isDone: done.has_synced, href: sources },
    {
      id: "chat",
      label: steps.chat.label(talker?.name?.split(" ")[0] ?? talker?.username ?? null),
      why: steps.chat.why,
      isDone: done.has_chatted,
      href: talker ? `/faces/${talker.username}/chat` : "/chat",
    },
    { id: "api", ...steps.api, isDone: done.has_called, href: "/keys" },
  ] as const;
  const next = all.find((step) => !step.isDone);
  return all.map((step) => ({ ...step, isNext: next?.id === step.id }));
}
