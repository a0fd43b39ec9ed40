/**
 * Who this program is, and how its window is to look.
 *
 * @module
 */
import type { About, Settings } from '../../shared/api.ts'
import type { Language } from '../../shared/i18n/index.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { StoreKeeper } from '../key-store/keeper.ts'
import { DEFAULT_SETTINGS } from '../key-store/store.ts'
import { StoreError } from '../key-store/trouble.ts'
import { selfCheck } from '../self-check.ts'
import { software } from '../software.ts'
import type { HandlersOf } from './handlers.ts'

export function aboutHandlers(
  host: HostFace,
  locale: Language,
  keeper: StoreKeeper,
): HandlersOf<'about' | 'settings' | 'saveSettings'> {
  let check: Promise<Pick<About, 'files' | 'failedMethods'>> | null = null
  /** Settings that hold for this run only, because there is no place to keep them. */
  let unkept: Settings | null = null
  return {
    async about() {
      check ??= selfCheck().then(({ files, failed }) => ({ files, failedMethods: failed }))
      const { version, core } = software()
      return {
        version,
        core,
        ...(await check),
        host: host.kind,
        locale,
        store: keeper.status,
        waitingFiles: host.waitingCount(),
      }
    },
    settings: () => unkept ?? keeper.toRead()?.settings() ?? DEFAULT_SETTINGS,
    saveSettings(wanted) {
      unkept = null
      try {
        return keeper.toWrite().saveSettings(wanted)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        unkept = wanted
        return wanted
      }
    },
  }
}
