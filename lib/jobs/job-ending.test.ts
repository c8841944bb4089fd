import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { defineJob } from "./define-job";
import { describeError, endingOf, retryDelaySeconds } from "./job-ending";
import { PermanentJobError } from "./job-errors";

const definition = defineJob({
  name: "test.fail",
  payload: z.object({}),
  maxAttempts: 3,
  leaseSeconds: 30,
  permanentErrors: ["unreadable"],
  run: async () => undefined,
});
const early = { definition, attempt: 1, maxAttempts: 3 };
const last = { definition, attempt: 3, maxAttempts: 3 };
const half = () => 0.5;

describe("retryDelaySeconds", () => {
  it("doubles, stays within half of itself, and never exceeds five minutes", () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelaySeconds(attempt, () => 1))).toEqual([1, 2, 4, 8]);
    expect([1, 2, 3, 4].map((attempt) => retryDelaySeconds(attempt, () => 0))).toEqual([0.5, 1, 2, 4]);
    expect(retryDelaySeconds(1000, () => 1)).toBe(300);
    expect(retryDelaySeconds(1, half, 40)).toBe(40);
    expect(retryDelaySeconds(1, half, 86_400)).toBe(300);
  });
});

describe("an attempt that failed", () => {
  it("is followed by another while there are attempts left", () => {
    expect(endingOf(new Error("Busy."), early, half)).toEqual({
      kind: "retry",
      error: "Error: Busy.",
      delaySeconds: 0.75,
    });
  });

  it("ends the job when it was the last, without showing what is not made to be shown", () => {
    const ending = endingOf(new Error("password=1234"), last, half);
    expect(ending).toEqual({
      kind: "failed",
      error: "Error: password=1234",
      reason: "It failed 3 times; the worker's log says why.",
    });
    expect(endingOf(new AppError("upstream_failed", "The model is away."), last, half)).toMatchObject({
      reason: "The model is away.",
    });
  });

  it("ends the job at once when no further try can help", () => {
    expect(endingOf(new PermanentJobError("The file is empty."), early, half)).toMatchObject({
      kind: "failed",
      reason: "The file is empty.",
    });
    expect(endingOf(new AppError("unreadable", "The PDF is encrypted."), early, half)).toMatchObject({
      kind: "failed",
      reason: "The PDF is encrypted.",
    });
    expect(endingOf(new AppError("upstream_failed", "Away."), early, half)).toMatchObject({ kind: "retry" });
  });

  it("is described in text that PostgreSQL takes", () => {
    expect(describeError(new Error(`a\u0000b\ud800${"c".repeat(5000)}`))).toHaveLength(1000);
    expect(describeError("just text")).toBe("just text");
  });
});
