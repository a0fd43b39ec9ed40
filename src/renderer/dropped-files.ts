/**
 * Files out of a drop, a paste or a file dialog of the browser, folders included.
 *
 * @module
 */
import type { FileBytes } from '../shared/api.ts'

/** A file that is there but not read yet. */
export interface FoundFile {
  /** Path inside the dropped folder, or the file's own name. */
  name: string
  read: () => Promise<Uint8Array>
  size: number
}

/** Nothing larger is read; the engine says that it is too large. */
const MOST_BYTES = 64 * 1024 * 1024 + 1

export function fromFileList(files: Iterable<File>): FoundFile[] {
  return Array.from(files, (file) => found(file, file.webkitRelativePath || file.name))
}

function found(file: File, name: string): FoundFile {
  return {
    name,
    size: file.size,
    read: async () => {
      try {
        return new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer())
      } catch {
        // A file that vanished or is being written still makes its row: an empty one.
        return new Uint8Array()
      }
    },
  }
}

/** Must be called inside the event handler: the transfer is empty afterwards. */
export function fromTransfer(transfer: DataTransfer): Promise<FoundFile[]> {
  const entries = Array.from(transfer.items, (item) =>
    item.kind === 'file' ? item.webkitGetAsEntry() : null,
  )
  const files = fromFileList(transfer.files)
  if (entries.every((entry) => entry === null)) return Promise.resolve(files)
  const found = entries.flatMap((entry) => (entry === null ? [] : [walk(entry, '')]))
  return Promise.all(found).then((all) => all.flat())
}

async function walk(entry: FileSystemEntry, folder: string): Promise<FoundFile[]> {
  const name = `${folder}${entry.name}`
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => {
      ;(entry as FileSystemFileEntry).file(resolve, () => resolve(null))
    })
    return [
      file === null ? { name, size: 0, read: async () => new Uint8Array() } : found(file, name),
    ]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: FoundFile[] = []
  for (;;) {
    // A reader gives its entries in portions, an empty one at the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]))
    })
    if (portion.length === 0) return inside
    for (const child of portion) inside.push(...(await walk(child, `${name}/`)))
  }
}

const PORTION_BYTES = 16 * 1024 * 1024
const PORTION_FILES = 200

/** Files in portions that fit into one call. */
export async function* inPortions(files: readonly FoundFile[]): AsyncGenerator<FileBytes[]> {
  let portion: FileBytes[] = []
  let bytes = 0
  for (const file of files) {
    if (
      portion.length > 0 &&
      (bytes + file.size > PORTION_BYTES || portion.length >= PORTION_FILES)
    ) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push({ name: file.name, bytes: await file.read() })
    bytes += file.size
  }
  if (portion.length > 0) yield portion
}
