/**
 * Whether a page may use the camera: our own, in the top frame, for pictures without sound, and as
 * long as its dialog for that is open. Everything else is asked in vain.
 *
 * Source: Electron security guide, item 5; requirements E.1, item 5.
 *
 * @module
 */
import type { WebContents } from 'electron'
import { ownPath } from './app-page.ts'

/** What Electron tells of a page that asks, in both of its questions. */
export interface CameraAsked {
  isMainFrame?: boolean
  requestingUrl?: string
  securityOrigin?: string
  /** Of a request. */
  mediaTypes?: readonly string[]
  /** Of a check. */
  mediaType?: string
}

export class CameraGate {
  private admitted: WebContents | null = null

  /** Until {@link CameraGate.close}, and until the page is gone or loaded anew. */
  open(contents: WebContents): void {
    this.close()
    this.admitted = contents
    contents.on('did-start-navigation', this.onNavigation)
    contents.on('destroyed', this.onGone)
  }

  close(): void {
    this.admitted?.off('did-start-navigation', this.onNavigation)
    this.admitted?.off('destroyed', this.onGone)
    this.admitted = null
  }

  admits(contents: WebContents | null, permission: string, asked: CameraAsked): boolean {
    if (contents === null || contents !== this.admitted || permission !== 'media') return false
    const { isMainFrame, mediaType, mediaTypes = [mediaType] } = asked
    if (isMainFrame !== true || mediaTypes.length !== 1 || mediaTypes[0] !== 'video') return false
    const places = [asked.requestingUrl, asked.securityOrigin].filter(
      (place) => place !== undefined,
    )
    return places.length > 0 && places.every((place) => ownPath(place) !== null)
  }

  private readonly onNavigation = (details: { isMainFrame: boolean; isSameDocument: boolean }) => {
    if (details.isMainFrame && !details.isSameDocument) this.close()
  }
  private readonly onGone = () => this.close()
}
