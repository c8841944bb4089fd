/** A turn of a compiled thread: what somebody said, and where it stands. */
export type VoiceTurn = {
  documentId: string;
  version: number;
  /** offsets into that version's text: `content.slice(start, end) === text` */
  start: number;
  end: number;
  speaker: string | null;
  isFace: boolean;
  text: string;
};
