/**
 * Folders that look like Electron to the packager: just enough of each system's files to be
 * renamed, given icons and fuses, and packed. Nothing in them runs.
 *
 * @module
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

export type System = 'linux' | 'win' | 'mac'

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../node_modules/electron/package.json'), 'utf8'),
) as { version: string }

/**
 * The wire of fuses as it stands in Electron's program: sentinel, version 1, count, a digit for
 * each fuse. Source: Electron, "Fuses"; 45 has nine.
 */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('110100011'),
])

/** @param folder new; gets what the release of Electron for this system has in its archive */
export function writeStub(folder: string, system: System): void {
  mkdirSync(folder, { recursive: true })
  const write = writer(folder)
  write('version', version)
  write('LICENSE', 'stub')
  write('LICENSES.chromium.html', 'stub')
  switch (system) {
    case 'linux':
      write('electron', Buffer.concat([Buffer.from('#!/bin/false\n'), FUSES]), 0o755)
      write('chrome-sandbox', 'stub', 0o755)
      write('locales/en-US.pak', 'stub')
      mkdirSync(join(folder, 'resources'))
      return
    case 'win':
      write('electron.exe', windowsProgram())
      write('locales/en-US.pak', 'stub')
      mkdirSync(join(folder, 'resources'))
      return
    case 'mac':
      writeMacApp(write)
  }
}

function writer(folder: string) {
  return (name: string, content: string | Uint8Array, mode?: number) => {
    const path = join(folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
    if (mode !== undefined) chmodSync(path, mode)
  }
}

/** English of the United States, and UTF-16, as Windows counts them. */
const LANGUAGE = 1033
const UTF16 = 1200

/** The smallest program with a version; the fuses lie in a resource, which survives editing. */
function windowsProgram(): Uint8Array {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const info = Resource.VersionInfo.createEmpty()
  // One language only: the packager puts the hash of its archive into that one.
  info.setFileVersion(version, LANGUAGE)
  info.setProductVersion(version, LANGUAGE)
  info.setStringValues({ lang: LANGUAGE, codepage: UTF16 }, { ProductName: 'Electron' })
  info.outputToResourceEntries(resources.entries)
  resources.entries.push({ type: 10, id: 1, lang: LANGUAGE, codepage: UTF16, bin: bytesOf(FUSES) })
  resources.outputResource(program)
  return new Uint8Array(program.generate())
}

function bytesOf(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer
}

type Write = ReturnType<typeof writer>

function writeMacApp(write: Write): void {
  const contents = 'Electron.app/Contents'
  write(`${contents}/MacOS/Electron`, 'stub', 0o755)
  write(`${contents}/Info.plist`, plist('Electron', 'com.github.Electron'))
  write(`${contents}/PkgInfo`, 'APPL????')
  write(`${contents}/Resources/en.lproj/locale.pak`, 'stub')
  write(`${contents}/Frameworks/Electron Framework.framework/Electron Framework`, FUSES, 0o755)
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`
    const helper = `${contents}/Frameworks/${name}.app/Contents`
    write(`${helper}/Info.plist`, plist(name, 'com.github.Electron.helper'))
    write(`${helper}/MacOS/${name}`, 'stub', 0o755)
  }
}

/** With what Electron's own has and ours is not to have. */
function plist(name: string, id: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>
    <key>CFBundleDisplayName</key><string>${name}</string>
    <key>CFBundleExecutable</key><string>${name}</string>
    <key>CFBundleIdentifier</key><string>${id}</string>
    <key>CFBundleName</key><string>${name}</string>
    <key>CFBundlePackageType</key><string>APPL</string>
    <key>CFBundleShortVersionString</key><string>${version}</string>
    <key>CFBundleVersion</key><string>${version}</string>
    <key>NSAppTransportSecurity</key>
    <dict>
      <key>NSAllowsArbitraryLoads</key>
      <true/>
    </dict>
    <key>NSCameraUsageDescription</key>
    <string>This app needs access to the camera</string>
    <key>NSMicrophoneUsageDescription</key>
    <string>This app needs access to the microphone</string>
  </dict>
</plist>
`
}
