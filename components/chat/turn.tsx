"use client";

import { memo, useRef, type ReactNode } from "react";
import { useNear } from "./use-near";

type TurnProps = {
  /** the words, for as long as nobody is near */
  plain: string;
  isQuestion: boolean;
  /** the last ones are in sight when the page opens */
  isLate: boolean;
  children: () => ReactNode;
};

/**
 * A question or an answer. Far from what is in sight it is its plain words, which cost next to nothing and are still
 * found by the browser's search; a long conversation opens as fast as a short one.
 */
export function Turn({ plain, isQuestion, isLate, children }: TurnProps) {
  const element = useRef<HTMLDivElement>(null);
  const isNear = useNear(element, isLate);
  return (
    <div
      ref={element}
      className="[content-visibility:auto] [contain-intrinsic-size:auto_140px] [contain-intrinsic-inline-size:auto_1px]"
    >
      {isNear ? children() : <PlainTurn text={plain} isQuestion={isQuestion} />}
    </div>
  );
}

const PlainTurn = memo(function PlainTurn({ text, isQuestion }: { text: string; isQuestion: boolean }) {
  const look = "[overflow-wrap:anywhere] whitespace-pre-wrap";
  return isQuestion ? (
    <p className={`ml-auto w-fit max-w-[85%] rounded-3 bg-sunk-2 px-3.5 py-2 ${look}`}>{text}</p>
  ) : (
    <p className={look}>{text}</p>
  );
});
