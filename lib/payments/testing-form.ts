/** A value of a form as Stripe's library writes it: `a[b][0]=c`. */
export type FormValue = string | { [key: string]: FormValue };

/** Reads `application/x-www-form-urlencoded` with nesting; lists become objects with numbers for names. */
export function parseForm(text: string): Record<string, FormValue> {
  const root: Record<string, FormValue> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== "");
    const last = path.pop();
    if (last === undefined) continue;
    let at = root;
    for (const part of path) {
      const inner = at[part];
      if (typeof inner === "object") at = inner;
      else at = at[part] = {};
    }
    at[last] = value;
  }
  return root;
}

/** The value at a path, as text; undefined when it is not there or is no text. */
export function textAt(form: Record<string, FormValue>, ...path: string[]): string | undefined {
  let at: FormValue | undefined = form;
  for (const part of path) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

/** The texts at a path, by name. */
export function textsAt(form: Record<string, FormValue>, ...path: string[]): Record<string, string> {
  let at: FormValue | undefined = form;
  for (const part of path) at = typeof at === "object" ? at[part] : undefined;
  if (typeof at !== "object") return {};
  return Object.fromEntries(
    Object.entries(at).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
