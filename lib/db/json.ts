import { Prisma } from "./generated/client";

/** A plain value as Prisma wants it for a JSON column; null is the column's NULL. */
export function toJson(value: object | null): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}
