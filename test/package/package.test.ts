/**
 * What is in the packages, for each system, packed against stubs of Electron without a network.
 * After a wanted change of their content: `UPDATE_GOLDEN=1 npm run package:check`.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Arch,
  type Package,
  archived,
  headerHash,
  pack,
  statedHash,
  unpacked,
} from './packages.ts'
import type { System } from './stubs.ts'

const TARGETS = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['win', 'x64'],
  ['win', 'arm64'],
  ['mac', 'x64'],
  ['mac', 'arm64'],
] as const satisfies [System, Arch][]
const NODE_NAMES = { linux: 'linux', win: 'win32', mac: 'darwin' } as const

const folder = mkdtempSync(join(tmpdir(), 'eichlicht-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(TARGETS)('package for %s %s', (system, arch) => {
  let made: Package
  beforeAll(() => {
    made = pack(join(folder, `${system}-${arch}`), system, arch)
  })

  test('holds these files and no others', () => {
    const golden = join(import.meta.dirname, `golden-${system}-${arch}.txt`)
    const content = `${archived(made).join('\n')}\n`
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, content)
    expect(content).toBe(readFileSync(golden, 'utf8'))
  })

  test('brings SQLite for its own system and no other', () => {
    const own = `node_modules/better-sqlite3/prebuilds/${NODE_NAMES[system]}-${arch}.node`
    const native = archived(made).filter((line) => line.endsWith('.node'))
    expect(native).toEqual([`unpack : /${own}`])
    expect(unpacked(made).filter((name) => name.endsWith('.node'))).toEqual([own])
    expect(sha256(join(made.resources, 'app.asar.unpacked', own))).toBe(
      sha256(join(import.meta.dirname, '../..', own)),
    )
  })

  test('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(made.program)
    const on = '1'.codePointAt(0)
    const state = (fuse: FuseV1Options) => wire[fuse] === on
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      asarOnly: state(FuseV1Options.OnlyLoadAppFromAsar),
      browserSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      integrity: true,
      asarOnly: true,
      browserSnapshot: false,
      filePrivileges: false,
    })
  })

  test.runIf(system !== 'linux')('carries the hash of its own archive', () => {
    expect(statedHash(made, system)).toBe(headerHash(made))
  })

  test('comes with its licence', () => {
    const place = system === 'mac' ? join(made.resources, '..') : made.folder
    expect(existsSync(join(place, 'LICENSE.Eichlicht.txt'))).toBe(true)
  })

  test.runIf(system === 'mac')(
    'allows no connections and asks for no device but the camera',
    () => {
      const plist = readFileSync(join(made.resources, '../Info.plist'), 'utf8')
      expect(plist.match(/NS\w+UsageDescription/g)).toEqual(['NSCameraUsageDescription'])
      expect(plist).toContain('Eichlicht reads codes')
      expect(plist).toMatch(
        /<key>NSAppTransportSecurity<\/key>\s*<dict>\s*<key>NSAllowsArbitraryLoads<\/key>\s*<false\/>\s*<\/dict>/,
      )
      expect(plist.match(/NSAllows/g)).toHaveLength(1)
    },
  )

  test.runIf(system === 'mac')('is the default for no type of file', () => {
    const plist = readFileSync(join(made.resources, '../Info.plist'), 'utf8')
    const ranks = [...plist.matchAll(/<key>LSHandlerRank<\/key>\s*<string>(\w+)/g)]
    expect(ranks.map(([, rank]) => rank)).toEqual(Array.from({ length: 5 }, () => 'Alternate'))
    const roles = [...plist.matchAll(/<key>CFBundleTypeRole<\/key>\s*<string>(\w+)/g)]
    expect(new Set(roles.map(([, role]) => role))).toEqual(new Set(['Viewer']))
  })
})

test(
  'the packed program passes the scenarios of the desktop application',
  { timeout: 300_000 },
  () => {
    const root = join(folder, 'extracted')
    extractAll(
      join(folder, `linux-${process.arch}/dist`, linuxFolder(), 'resources/app.asar'),
      root,
    )
    const output = execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs'),
        'run',
        '--project=e2e',
        'security',
        'desktop',
      ],
      {
        cwd: join(import.meta.dirname, '../..'),
        env: { ...process.env, APP_ROOT: root },
        encoding: 'utf8',
        stdio: 'pipe',
      },
    )
    expect(output).toContain('passed')
  },
)

function linuxFolder(): string {
  return process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked'
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
