/**
 * Closes on macOS what the packager opens: it allows connections without encryption in every
 * Info.plist and keeps Electron's requests for microphone and Bluetooth. Eichlicht has no network
 * and uses the camera only. Runs before the program is signed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @param {{ electronPlatformName: string, appOutDir: string, packager: { appInfo: { productFilename: string } } }} context */
export default function afterPack({ electronPlatformName, appOutDir, packager }) {
  if (electronPlatformName !== 'darwin') return
  const app = `${packager.appInfo.productFilename}.app`
  const path = join(appOutDir, app, 'Contents', 'Info.plist')
  writeFileSync(path, closedPlist(readFileSync(path, 'utf8')))
}

/** @param {string} plist */
function closedPlist(plist) {
  const transport = '<key>NSAppTransportSecurity</key>'
  const at = plist.indexOf(transport)
  const closed =
    at < 0
      ? plist.replace(/<\/dict>\s*<\/plist>/, `  ${transport}\n    ${CLOSED}\n  $&`)
      : plist.slice(0, at + transport.length) +
        `\n    ${CLOSED}` +
        plist.slice(endOfDict(plist, at + transport.length))
  return closed.replaceAll(
    /[ \t]*<key>NS(?!Camera)\w+UsageDescription<\/key>\s*<string>[^<]*<\/string>\n?/g,
    '',
  )
}

const CLOSED = '<dict>\n      <key>NSAllowsArbitraryLoads</key>\n      <false/>\n    </dict>'

/** Behind the dictionary that begins at `from`, with those inside it. */
function endOfDict(plist, from) {
  const tags = /<(\/?)dict(\/?)>/g
  tags.lastIndex = from
  let depth = 0
  for (let tag = tags.exec(plist); tag !== null; tag = tags.exec(plist)) {
    if (tag[2] !== '/') depth += tag[1] === '/' ? -1 : 1
    if (depth === 0) return tags.lastIndex
  }
  throw new Error('Info.plist: NSAppTransportSecurity has no end')
}
