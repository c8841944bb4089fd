import { describe, expect, test } from "vitest";
import type { FaceView } from "@/lib/faces/schemas";
import { needsOwner, oneOf, sorts, viewOf } from "./faces-view";

const face = (username: string, more: Partial<FaceView> = {}) =>
  ({
    ...{ id: username, username, name: null, aliases: [], basic_facts: "", formula: null, is_sample: false },
    ...{ sync_status: "synced", component_counts: { alpha: 0, beta: 0, delta: 0, epsilon: 0 } },
    ...{ created_at: "2026-01-01", updated_at: "2026-01-01" },
    ...more,
  }) as FaceView;

const faces = [
  face("alice", { name: "Alice Brandt", basic_facts: "Collects maps.", updated_at: "2026-03-01" }),
  face("bob", { sync_status: "pending", updated_at: "2026-02-01", created_at: "2026-02-01" }),
  face("mix", { formula: "alice | bob", sync_status: "pending" }),
  face("mara", { is_sample: true, sync_status: "failed", name: "Mara" }),
];
const view = (query: string, show: "" | "needs" | "composed" = "", sort: (typeof sorts)[number] = "") =>
  viewOf(faces, { query, show, sort }).map(({ username }) => username);

describe("the list of faces", () => {
  test("finds every word in names, usernames, facts and formulas", () => {
    expect([view("MAPS brandt"), view("bob"), view("maps bob")]).toEqual([["alice"], ["bob", "mix"], []]);
  });

  test("knows which faces wait for their owner: no composite, and not the sample", () => {
    expect(faces.filter(needsOwner).map(({ username }) => username)).toEqual(["bob"]);
    expect([view("", "needs"), view("", "composed")]).toEqual([["bob"], ["mix"]]);
  });

  test("is ordered by last change, by name, or by age", () => {
    expect(view("").slice(0, 2)).toEqual(["alice", "bob"]);
    expect(view("", "", "name")).toEqual(["alice", "bob", "mara", "mix"]);
    expect(view("", "", "created")[0]).toBe("bob");
  });

  test("takes nothing from the address bar that it does not know", () => {
    expect([oneOf(sorts, "name"), oneOf(sorts, "<script>")]).toEqual(["name", ""]);
  });
});
