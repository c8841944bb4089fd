/** What visitors call a face. */
export function visitorName({ name, username }: { name: string | null; username: string }): string {
  return name ?? username;
}
