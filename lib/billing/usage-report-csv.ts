import type { UsageGroup, UsageReport } from "./schemas";

const columns: Record<UsageGroup, "model" | "face_id" | "api_key_id" | "day"> = {
  model: "model",
  face: "face_id",
  key: "api_key_id",
  day: "day",
};

/**
 * A usage report as CSV (RFC 4180): a line of names, a line for each row, and no totals, so that a spreadsheet's own
 * sum is right. Money is USD with six digits.
 */
export function usageCsv(report: UsageReport): string {
  const column = columns[report.group_by];
  const hasSaved = report.group_by === "face";
  const head = [
    ...[column, "label", "is_deleted", "requests", "input_tokens", "output_tokens", "compile_tokens", "quota_tokens"],
    ...["cost_usd", "chat_usd", "proxy_usd", "compile_usd", "transcription_usd", "portrait_usd"],
    ...(hasSaved ? ["traced_answers", "whole_tokens", "persona_tokens", "tokens_saved"] : []),
  ];
  const lines = report.rows.map((row) => {
    const { chat, proxy, compile, transcription, portrait } = row.cost_by_kind_usd;
    const { saved } = row;
    return [
      ...[row[column], row.label, row.is_deleted, row.requests, row.input_tokens, row.output_tokens],
      ...[row.compile_tokens, row.quota_tokens],
      ...[row.cost_usd, chat, proxy, compile, transcription, portrait].map((usd) => usd.toFixed(6)),
      ...(hasSaved ? [saved?.answers, saved?.whole_tokens, saved?.persona_tokens, saved?.tokens_saved] : []),
    ];
  });
  return [head, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A spreadsheet would run a text that begins like a formula: such a one gets an apostrophe in front. */
function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^(?:[=+@\t\r]|-(?!\d+\.\d+$))/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
