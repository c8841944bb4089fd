import { AppError } from "@/lib/errors";
import type { FaceRow } from "@/lib/faces/require-face";
import type { SourceType } from "./schemas";

type Named = Pick<FaceRow, "username" | "name" | "aliases">;

const maxListed = 20;

/**
 * Who the face is in a thread, in the thread's own spelling: as told, else the speaker who bears its name.
 *
 * @throws {AppError} `unreadable` nobody speaks; `invalid_input` nobody of that name does, or nobody was named and none
 *   bears the face's: compiling other people's turns would charge for nothing
 */
export function chooseSpeaker(
  input: { type: SourceType; face_speaker?: string | undefined },
  speakers: string[],
  face: Named,
): string | null {
  if (input.type === "document") return null;
  if (speakers.length === 0) {
    throw new AppError("unreadable", "No turns were found: a thread has lines that begin with `Speaker: `.", {
      param: "file",
    });
  }
  const found = input.face_speaker === undefined ? speakerOf(face, speakers) : among(speakers, [input.face_speaker]);
  if (found !== null) return found;
  const who =
    input.face_speaker === undefined
      ? "Say in `face_speaker` who the face is: nobody in this thread bears its name."
      : `${input.face_speaker} does not speak in this thread.`;
  const others = speakers.length > maxListed ? ` and ${speakers.length - maxListed} more` : "";
  throw new AppError("invalid_input", `${who} Speakers: ${speakers.slice(0, maxListed).join(", ")}${others}.`, {
    param: "face_speaker",
  });
}

/** The speaker who bears the face's name, one of its aliases, its first name or its username; null: nobody does. */
export function speakerOf(face: Named, speakers: string[]): string | null {
  const name = face.name ?? "";
  return among(speakers, [name, ...face.aliases, name.split(/\s+/u)[0] ?? "", face.username]);
}

function among(speakers: string[], wanted: string[]): string | null {
  const names = wanted.filter((name) => name !== "").map((name) => name.toLowerCase());
  return speakers.find((speaker) => names.includes(speaker.toLowerCase())) ?? null;
}
