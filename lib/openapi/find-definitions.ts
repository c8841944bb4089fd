import { definitionOf } from "@/lib/http/route-definition";
import type { FoundDefinition } from "./operation";

const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Route files that are no part of the public API: next-auth's own, and the answer to addresses that do not exist. */
export const notInDocument: readonly string[] = ["app/api/auth/[...nextauth]/route.ts", "app/v1/[...missing]/route.ts"];

/** `app/v1/faces/[face]/route.ts` → `/v1/faces/{face}` */
export function pathOf(file: string): string {
  return file
    .replaceAll("\\", "/")
    .replace(/^app/u, "")
    .replace(/\/route\.tsx?$/u, "")
    .replaceAll(/\/\([^)]*\)/gu, "")
    .replaceAll(/\[(?:\.\.\.)?(\w+)\]/gu, "{$1}");
}

/**
 * The definitions of all routes of these modules.
 *
 * @param modules what each route file exports, by its path from the project's folder
 */
export function findDefinitions(modules: Record<string, Record<string, unknown>>): FoundDefinition[] {
  return Object.entries(modules)
    .filter(([file]) => !notInDocument.includes(file))
    .flatMap(([file, module]) =>
      methods.flatMap((method) => {
        const definition = definitionOf(module[method]);
        return definition === null ? [] : [{ method, path: pathOf(file), definition }];
      }),
    );
}
