/**
 * The key store of a window that stays open for hours: opened once, and tried again where what
 * kept it from being written may have passed.
 *
 * @module
 */
import { basename } from 'node:path'
import type { About } from '../../shared/api.ts'
import { type Opened, openStore, putAside } from './open.ts'
import type { KeyStore } from './store.ts'
import { StoreError } from './trouble.ts'

/** The window waits as long: no longer than a person takes for one step. */
const TIMEOUT_MS = 1000
/** Not tried again before. */
const AGAIN_MS = 3000

export class StoreKeeper {
  private readonly file: string | null
  private opened: Opened | null = null
  private triedAt = 0

  /** @param file null for no store at all */
  constructor(file: string | null) {
    this.file = file
  }

  get status(): About['store'] {
    return this.look()?.status ?? 'unavailable'
  }

  /** @returns null where it cannot even be read */
  toRead(): KeyStore | null {
    return this.look()?.store ?? null
  }

  /** @throws StoreError with why it cannot be written */
  toWrite(): KeyStore {
    const opened = this.look()
    if (opened === null) throw new StoreError('missing')
    if (opened.status === 'writable' && opened.store !== null) return opened.store
    throw new StoreError(opened.reason ?? 'failed')
  }

  /**
   * Puts a damaged store aside and begins a new one.
   *
   * @returns name of the file the damaged one is now
   * @throws StoreError where it is not damaged (any more), or cannot be put aside
   */
  renew(now: Date): string {
    // Another window may have been faster.
    this.close()
    if (this.file === null || this.look()?.status !== 'damaged') throw new StoreError('failed')
    this.close()
    const aside = putAside(this.file, now)
    this.look()
    return basename(aside)
  }

  close(): void {
    this.opened?.store?.close()
    this.opened = null
  }

  private look(): Opened | null {
    if (this.file === null) return null
    const late = performance.now() - this.triedAt > AGAIN_MS
    if (this.opened !== null && (!mayPass(this.opened) || !late)) return this.opened
    this.close()
    this.opened = openStore(this.file, { timeoutMs: TIMEOUT_MS })
    this.triedAt = performance.now()
    return this.opened
  }
}

/** A newer or damaged file stays what it is, and is looked at once. */
function mayPass({ status, reason }: Opened): boolean {
  return status !== 'writable' && reason !== 'newer' && reason !== 'damaged' && reason !== 'foreign'
}
