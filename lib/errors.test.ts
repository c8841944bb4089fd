import { expect, test, vi } from "vitest";
import { AppError, NotFoundError } from "./errors";

test("an AppError is one also for another copy of its module, and no other error is", async () => {
  vi.resetModules();
  const copy = await import("./errors");
  expect(copy.AppError).not.toBe(AppError);
  const errors = [new AppError("not_found", "x"), new NotFoundError("x"), new copy.NotFoundError("x")];
  for (const error of errors) expect([error instanceof AppError, error instanceof copy.AppError]).toEqual([true, true]);
  for (const other of [new Error("x"), { code: "not_found" }, null, "x"]) expect(other instanceof AppError).toBe(false);
  expect(new AppError("conflict", "x") instanceof NotFoundError).toBe(false);
  expect(new NotFoundError("x") instanceof NotFoundError).toBe(true);
  expect(JSON.stringify(new NotFoundError("x"))).not.toContain("brand");
});
