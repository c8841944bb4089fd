import { expect, test } from "vitest";
import { readInvite } from "./read-invite";

const fields = { uses: "1", days: "14", plan: "", credit: "0", note: "" };

test("what was typed becomes an invite", () => {
  expect(readInvite({ uses: " 25 ", days: "", plan: "pro", credit: "2,50", note: " For the club " }).invite).toEqual({
    ...{ max_uses: 25, expires_in_days: null, plan: "pro", credit_usd: 2.5, note: "For the club" },
  });
  expect(readInvite(fields).invite).toMatchObject({ max_uses: 1, expires_in_days: 14, plan: null, note: null });
});

test.each([
  ["uses", { uses: "0" }],
  ["uses", { uses: "" }],
  ["uses", { uses: "1.5" }],
  ["days", { days: "4000" }],
  ["credit", { credit: "-1" }],
  ["credit", { credit: "ten" }],
])("says what is wrong with %s: %o", (name, wrong) => {
  const { invite, errors } = readInvite({ ...fields, ...wrong });
  expect(invite).toBeNull();
  expect(Object.keys(errors)).toEqual([name]);
});
