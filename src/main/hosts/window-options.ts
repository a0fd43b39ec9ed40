/**
 * The command line of a program with a window: files to open, and where it keeps its keys.
 *
 * @module
 */
import { resolve } from 'node:path'
import { storeFile } from '../key-store/folder.ts'
import { pathsOf } from './waiting-files.ts'

export interface WindowOptions {
  /** Files and folders to check, absolute. */
  paths: string[]
  /** File of the key store; null for none. */
  store: string | null
  /** Say the address only. Of the browser host. */
  noOpen: boolean
}

/**
 * `--store=<folder>` keeps the keys there, `--no-store` keeps none, `--no-open` opens no browser.
 * Other options belong to the browser engine and are left to it.
 *
 * @param folder paths are relative to it
 */
export function windowOptions(args: readonly string[], folder: string): WindowOptions {
  const end = args.indexOf('--')
  const options = end < 0 ? args : args.slice(0, end)
  const named = options.findLast((arg) => arg.startsWith(STORE))?.slice(STORE.length) ?? ''
  return {
    paths: pathsOf(args, folder),
    store: options.includes('--no-store')
      ? null
      : storeFile(named === '' ? null : resolve(folder, named)),
    noOpen: options.includes('--no-open'),
  }
}

const STORE = '--store='
