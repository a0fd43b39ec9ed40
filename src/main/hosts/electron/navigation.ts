/**
 * A window shows our page and never another: no navigation, no second window, no web view.
 *
 * Source: Electron security guide, items 11 to 14; requirements E.1.
 *
 * @module
 */
import type { WebContents } from 'electron'
import { isPage } from './app-page.ts'

export function stayOnPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    // The page has no frames, so that none may go anywhere.
    if (!event.isMainFrame || !isPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
