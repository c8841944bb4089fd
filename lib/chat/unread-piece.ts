import type { TokenUsage } from "@/lib/billing/prices";
import type { Piece } from "./engine";

type PieceFacts = { bytes?: Uint8Array | null; usage?: TokenUsage | null };

/**
 * A piece whose text is read from its bytes when somebody wants to count it, which is mostly nobody. To give it other
 * bytes use `withBytes`: a spread would lose its text.
 */
export class UnreadPiece implements Piece {
  readonly bytes: Uint8Array | null;
  declare readonly usage?: TokenUsage;
  private choicesRead: readonly string[] | null = null;

  /**
   * @param source whole events
   * @param readChoices the text that was generated in them, choice by choice
   * @param facts `bytes` for the client, where it does not get the source; `usage` that the source tells
   */
  constructor(
    private readonly source: Uint8Array,
    private readonly readChoices: (source: Uint8Array) => readonly string[],
    { bytes = source, usage = null }: PieceFacts = {},
  ) {
    this.bytes = bytes;
    if (usage !== null) this.usage = usage;
  }

  get choices(): readonly string[] {
    return (this.choicesRead ??= this.readChoices(this.source));
  }

  get text(): string {
    return this.choices.join("");
  }
}
