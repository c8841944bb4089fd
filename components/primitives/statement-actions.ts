import { primitivesText } from "@/components/strings/primitives";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { StatementChange } from "./use-statement-change";

const { changed } = primitivesText;

/** Pins a statement, or takes the pin away. */
export function togglePinned({ id, pinned }: PrimitiveView, change: StatementChange): void {
  change(id, { pinned: !pinned }, { pinned }, pinned ? changed.unpinned : changed.pinned);
}

/** Switches a statement off, or on again. */
export function toggleDisabled({ id, state }: PrimitiveView, change: StatementChange): void {
  const isOff = state === "disabled";
  change(id, { disabled: !isOff }, { disabled: isOff }, isOff ? changed.enabled : changed.disabled);
}
