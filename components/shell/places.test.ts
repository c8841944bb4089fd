import { describe, expect, it } from "vitest";
import { isRailPath, placeOf } from "./places";

describe("places", () => {
  it("counts the chat with a face as chat", () => {
    expect([
      placeOf("/faces/mara/chat"),
      placeOf("/chat/cnv_1"),
      placeOf("/faces/mara"),
      placeOf("/faces/chat"),
    ]).toEqual(["/chat", "/chat", "/faces", "/faces"]);
  });

  it("narrows the navigation beside a chat only", () => {
    expect([isRailPath("/chat"), isRailPath("/faces/mara/chat"), isRailPath("/chatter"), isRailPath("/usage")]).toEqual(
      [true, true, false, false],
    );
  });
});
