/** Ids and slashes: nothing in it can leave its place or hide in it. */
const keyForm = /^[a-z0-9_]+(?:\/[a-z0-9_]+)*$/;
const maxKeyLength = 300;

/** A key that is safe in every store. @throws {RangeError} keys are made by us, so another one is our mistake */
export function requireKey(key: string): string {
  if (!keyForm.test(key) || key.length > maxKeyLength) throw new RangeError(`not a storage key: ${key}`);
  return key;
}
