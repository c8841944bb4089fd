/** Hands something to the browser to be saved, without asking a server. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // some browsers read it after the click
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
