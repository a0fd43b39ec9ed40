/**
 * The only addresses that are ever handed to the user's browser, and only on a click in a menu.
 *
 * @module
 */
import { shell } from 'electron'

export const LINKS = {
  /** § 33 MessEG: whoever uses measured values must make them checkable. */
  messeg33: 'https://www.gesetze-im-internet.de/messeg/__33.html',
  /** § 39 MessEG: anybody may ask for an examination of a meter. */
  messeg39: 'https://www.gesetze-im-internet.de/messeg/__39.html',
} as const

export type LinkId = keyof typeof LINKS

export async function openLink(id: LinkId): Promise<void> {
  await shell.openExternal(LINKS[id])
}
