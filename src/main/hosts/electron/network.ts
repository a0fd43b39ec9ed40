/**
 * No network, held where requests are made and not by leaving things out.
 *
 * Source: requirements E.1, "Network", and A.5.
 *
 * @module
 */
import { type Session, app } from 'electron'
import { ORIGIN, ownPath } from './app-page.ts'

/** Before the app is ready: what the browser engine would do by itself. */
export function cutNetwork(): void {
  // No name is ever looked up, whoever asks.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('no-proxy-server')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('dns-prefetch-disable')
  app.commandLine.appendSwitch('no-pings')
  app.on('login', (event, _contents, _request, _asker, answer) => {
    event.preventDefault()
    answer()
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault()
    trust(false)
  })
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault()
    choose()
  })
}

export async function cutNetworkOf(session: Session): Promise<void> {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOurs(url) }))
  // Its dictionaries would be downloaded.
  session.setSpellCheckerEnabled(false)
  await session.setProxy({ mode: 'direct' })
}

/** Our files, and pictures that the page made itself. */
function isOurs(url: string): boolean {
  return ownPath(url) !== null || url.startsWith(`blob:${ORIGIN}/`)
}
