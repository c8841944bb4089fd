import { afterEach, describe, expect, it, vi } from "vitest";
import {
  listCommands,
  removeCommands,
  runCommand,
  setCommands,
  subscribeToCommands,
  type Command,
} from "./command-store";

const [shell, page] = [Symbol("shell"), Symbol("page")];
const command = (id: string, run = () => undefined as void): Command => ({ id, label: id, group: "do", run });

afterEach(() => {
  removeCommands(shell);
  removeCommands(page);
});

describe("commands", () => {
  it("are there for as long as who registered them", () => {
    setCommands(shell, [command("go")]);
    setCommands(page, [command("new")]);
    expect(listCommands().map(({ id }) => id)).toEqual(["go", "new"]);
    removeCommands(page);
    expect(listCommands().map(({ id }) => id)).toEqual(["go"]);
  });

  it("run as they are now, without telling anybody that only the function is another one", () => {
    const listener = vi.fn();
    const stop = subscribeToCommands(listener);
    const [before, after] = [vi.fn(), vi.fn()];
    setCommands(page, [command("new", before)]);
    setCommands(page, [command("new", after)]);
    runCommand("new");
    stop();
    expect([before.mock.calls.length, after.mock.calls.length, listener.mock.calls.length]).toEqual([0, 1, 1]);
  });

  it("of one name are one: the page's is nearer than the shell's", () => {
    const [ours, theirs] = [vi.fn(), vi.fn()];
    setCommands(shell, [command("sync", ours)]);
    setCommands(page, [command("sync", theirs)]);
    runCommand("sync");
    expect(listCommands()).toHaveLength(1);
    expect([ours.mock.calls.length, theirs.mock.calls.length]).toEqual([0, 1]);
  });
});
