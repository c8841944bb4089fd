/** The files of a drop, those in dropped folders too. Hidden ones (`.DS_Store`) are left out. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // the entries must be asked for before anything is awaited: afterwards the list is empty
  const entries = [...transfer.items].flatMap((item) => (item.kind === "file" ? [item.webkitGetAsEntry()] : []));
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null || entry.isFile)) return plain.filter(isShown);
  const files = await Promise.all(entries.map((entry) => (entry === null ? [] : filesIn(entry))));
  return files.flat().filter(isShown);
}

const isShown = ({ name }: { name: string }): boolean => !name.startsWith(".");

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isFolder(entry) || !isShown(entry)) return [];
  const reader = entry.createReader();
  const files: File[] = [];
  // a reader gives a hundred at a time, and none at the end
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    files.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
