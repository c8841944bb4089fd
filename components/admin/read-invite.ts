import { adminText as text } from "@/components/strings/admin";
import type { NewInvite } from "./use-admin";

export type InviteFields = { uses: string; days: string; plan: string; credit: string; note: string };

const most = { uses: 10_000, days: 3_650, creditUsd: 10_000 };

/** What was typed as an invite, or what is wrong with it. */
export function readInvite(fields: InviteFields): {
  invite: NewInvite | null;
  errors: Partial<Record<"uses" | "days" | "credit", string>>;
} {
  const uses = wholeNumber(fields.uses, most.uses);
  const days = fields.days.trim() === "" ? "never" : wholeNumber(fields.days, most.days);
  const credit = Number(fields.credit.replace(",", ".").trim() || "0");
  const isCredit = credit >= 0 && credit <= most.creditUsd;
  const errors = {
    ...(uses === null ? { uses: text.inviteUsesWrong } : {}),
    ...(days === null ? { days: text.inviteDaysWrong } : {}),
    ...(isCredit ? {} : { credit: text.inviteCreditWrong }),
  };
  if (uses === null || days === null || !isCredit) return { invite: null, errors };
  const invite = {
    max_uses: uses,
    expires_in_days: days === "never" ? null : days,
    plan: fields.plan || null,
    credit_usd: credit,
    note: fields.note.trim() || null,
  };
  return { invite, errors };
}

function wholeNumber(typed: string, atMost: number): number | null {
  const number = Number(typed.trim());
  return typed.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= atMost ? number : null;
}
