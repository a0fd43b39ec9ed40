/**
 * The system's dialogs for choosing and saving files.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { basename, extname, join } from 'node:path'
import {
  type BaseWindow,
  type OpenDialogOptions,
  type SaveDialogOptions,
  app,
  dialog,
} from 'electron'
import type { SaveOutcome } from '../../../shared/api.ts'
import type { Language } from '../../../shared/i18n/index.ts'
import { writeAtomically } from '../write-atomically.ts'
import { menuText } from './texts.ts'

/** @returns none where the user closed the dialog */
export async function choosePaths(window: BaseWindow | null, folders: boolean): Promise<string[]> {
  const options: OpenDialogOptions = {
    properties: [folders ? 'openDirectory' : 'openFile', 'multiSelections'],
  }
  const { canceled, filePaths } =
    window === null
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}

/** @throws an error of the file system */
export async function savePath(
  window: BaseWindow | null,
  language: Language,
  name: string,
  bytes: Uint8Array,
): Promise<SaveOutcome> {
  const extension = extname(name).slice(1)
  const all = { name: menuText(language, 'allFiles', process.platform), extensions: ['*'] }
  const own = { name: extension.toUpperCase(), extensions: [extension] }
  const options: SaveDialogOptions = {
    defaultPath: join(app.getPath('downloads'), basename(name)),
    filters: extension === '' ? [all] : [own, all],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  }
  const { canceled, filePath } =
    window === null
      ? await dialog.showSaveDialog(options)
      : await dialog.showSaveDialog(window, options)
  if (canceled || filePath === '') return { kind: 'cancelled' }
  await writeAtomically(filePath, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { kind: 'saved', name: basename(filePath), path: filePath, sha256 }
}
