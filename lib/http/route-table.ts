/** A route that was found, with the values of its path's variables. */
export type FoundRoute<T> = { value: T; params: Record<string, string> };

type Entry<T> = { method: string; path: string; pattern: RegExp; names: string[]; value: T };

/**
 * Finds routes by method and path.
 *
 * @param routes `"POST /v1/faces/{face}/search"` → whatever belongs to it; `{name}` is one part of a path
 */
export function routeTable<T>(routes: Record<string, T>) {
  const entries = Object.entries(routes).map(([key, value]) => toEntry(key, value));
  const fixed = new Map(
    entries.filter(({ names }) => names.length === 0).map((entry) => [`${entry.method} ${entry.path}`, entry.value]),
  );
  const open = entries.filter(({ names }) => names.length > 0);
  return {
    /** @returns null when nothing is there, or a part of the path is not decodable */
    find(method: string, path: string): FoundRoute<T> | null {
      const value = fixed.get(`${method} ${path}`);
      if (value !== undefined) return { value, params: {} };
      for (const entry of open) {
        const params = entry.method === method ? match(entry, path) : null;
        if (params !== null) return { value: entry.value, params };
      }
      return null;
    },
    /** The methods that a path has. */
    methods(path: string): string[] {
      return entries.filter((entry) => entry.pattern.test(path)).map(({ method }) => method);
    },
  };
}

function toEntry<T>(key: string, value: T): Entry<T> {
  const [method = "", path = ""] = key.split(" ");
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const source = path
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("([^/]+)");
  return { method, path, names, value, pattern: new RegExp(`^${source}$`) };
}

function match<T>({ pattern, names }: Entry<T>, path: string): Record<string, string> | null {
  const parts = pattern.exec(path);
  if (parts === null) return null;
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(parts[index + 1] ?? "")]));
  } catch {
    return null;
  }
}
