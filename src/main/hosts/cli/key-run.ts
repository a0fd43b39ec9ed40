/**
 * What the commands of `eichlicht keys` have in common: the store, what is read and written, and
 * the refusal that says why something cannot be done.
 *
 * @module
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { visible } from '../../../shared/display.ts'
import { type UiKey, text } from '../../../shared/i18n/index.ts'
import { LIMITS } from '../../engine/limits.ts'
import { storeFile } from '../../key-store/folder.ts'
import { openStore } from '../../key-store/open.ts'
import type { KeyStore } from '../../key-store/store.ts'
import { StoreError } from '../../key-store/trouble.ts'
import { reasonOf } from '../../pool/read-input.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { Command } from './args.ts'
import type { ExitCode } from './exit-code.ts'
import { readStandardInput } from './inputs.ts'
import type { KeysAsked, KeysCommand } from './keys-args.ts'
import type { Output } from './verify.ts'

export type Run = KeysCommand & Command & { output: Output }
export type AskedFor<A extends KeysAsked['action']> = Extract<KeysAsked, { action: A }>

/** What was asked for cannot be done; the text says why. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly key: UiKey
  readonly params: Record<string, string>
  readonly code: ExitCode

  constructor(key: UiKey, params: Record<string, string>, code: ExitCode = 1) {
    super(key)
    this.key = key
    this.params = params
    this.code = code
  }
}

/** @param use gets null where there is no store yet */
export async function withStore(
  run: Run,
  use: (store: KeyStore | null) => Promise<ExitCode>,
  make = false,
): Promise<ExitCode> {
  const file = storeFile(run.store)
  if (!make && !existsSync(file)) return use(null)
  const { store, reason, copy } = openStore(file)
  if (store === null) throw new StoreError(reason ?? 'failed')
  try {
    // A store that can only be read is told once; what needs to write says so itself.
    if (copy !== null) note(run, 'keys.cli.copy', { file: visible(copy) })
    return await use(store)
  } finally {
    store.close()
  }
}

export function note({ language }: Run, key: UiKey, params: Record<string, string>): void {
  process.stderr.write(`eichlicht: ${text(language, key, params)}\n`)
}

/** Whole or not at all. */
export async function writeFile(path: string, content: string): Promise<void> {
  try {
    await writeAtomically(path, Buffer.from(content))
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Refusal('keys.cli.not-written', { path: visible(path), code })
  }
}

/** A key is text in any printed form, or a file with one. */
export async function contentOf(given: string): Promise<string | Uint8Array> {
  if (given === '-') return await readStandardInput()
  return isFile(given) ? await bytesOf(given, LIMITS.keyTextBytes) : given
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export function nameOf(given: string): string {
  if (given === '-') return 'stdin'
  return isFile(given) ? basename(given) : 'keys add'
}

export async function bytesOf(path: string, most: number = LIMITS.fileBytes): Promise<Uint8Array> {
  if (path === '-') return await readStandardInput()
  const failed = (reason: string) =>
    new Refusal('keys.cli.not-read', { path: visible(path), reason }, 3)
  try {
    const facts = statSync(path)
    if (!facts.isFile()) throw failed(facts.isDirectory() ? 'folder' : 'special')
    if (facts.size > most) throw failed('too-long')
    return readFileSync(path)
  } catch (error) {
    throw error instanceof Refusal ? error : failed(reasonOf(error))
  }
}
