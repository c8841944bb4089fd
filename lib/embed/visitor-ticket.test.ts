import { afterEach, describe, expect, test, vi } from "vitest";
import { createVisitorTicket, readVisitorTicket } from "./visitor-ticket";

afterEach(() => vi.useRealTimers());

describe("a visitor's ticket", () => {
  test("is read back, and names another visitor each time", () => {
    const [one, two] = [createVisitorTicket("t", "page"), createVisitorTicket("t", "frame")];
    expect(readVisitorTicket("t", one)).toMatchObject({ where: "page" });
    expect(readVisitorTicket("t", two)).toMatchObject({ where: "frame" });
    expect(readVisitorTicket("t", one)?.id).not.toBe(readVisitorTicket("t", two)?.id);
  });

  test("is worth nothing under another address, changed, made up, or a week later", () => {
    const ticket = createVisitorTicket("t", "page");
    const [text = "", signed = ""] = ticket.split(".");
    const other = Buffer.from(JSON.stringify({ id: "me", where: "page", since: Date.now() })).toString("base64url");
    for (const wrong of [
      `${other}.${signed}`,
      `${text}.${"A".repeat(signed.length)}`,
      text,
      `.${signed}`,
      "",
      ".",
      "x.y.z",
    ])
      expect(readVisitorTicket("t", wrong)).toBeNull();
    expect(readVisitorTicket("u", ticket)).toBeNull();
    vi.useFakeTimers({ now: Date.now() + 8 * 24 * 60 * 60 * 1000 });
    expect(readVisitorTicket("t", ticket)).toBeNull();
  });
});
