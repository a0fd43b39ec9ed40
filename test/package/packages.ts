/**
 * Packs the built program for a system, into a folder, against a stub of Electron.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { getRawHeader, listPackage } from '@electron/asar'
import { NtExecutable, NtExecutableResource } from 'resedit'
import { type System, writeStub } from './stubs.ts'

const ROOT = join(import.meta.dirname, '../..')

export type Arch = 'x64' | 'arm64'

export interface Package {
  /** Where the program lies: what a user would install. */
  folder: string
  /** Its program, which holds the fuses. */
  program: string
  resources: string
}

/** @param folder new; stub and package are put into it */
export function pack(folder: string, system: System, arch: Arch): Package {
  const stub = join(folder, 'electron')
  const output = join(folder, 'dist')
  writeStub(stub, system)
  execFileSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/electron-builder/cli.js'),
      `--${system}`,
      'dir',
      `--${arch}`,
      '--publish=never',
      `-c.electronDist=${stub}`,
      `-c.directories.output=${output}`,
    ],
    // A tool that is missing here would be fetched, slowly, and the check would be about that.
    { cwd: ROOT, stdio: 'pipe', env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
  )
  const unpacked = readdirSync(output, { withFileTypes: true }).find((entry) => entry.isDirectory())
  const made = join(output, unpacked?.name ?? '')
  switch (system) {
    case 'linux':
      return at(made, 'eichlicht', 'resources')
    case 'win':
      return at(made, 'Eichlicht.exe', 'resources')
    case 'mac':
      return at(made, 'Eichlicht.app', 'Eichlicht.app/Contents/Resources')
  }
}

function at(folder: string, program: string, resources: string): Package {
  return { folder, program: join(folder, program), resources: join(folder, resources) }
}

/** Files in the archive; parts that the build cuts and names anew each time are one line. */
export function archived({ resources }: Package): string[] {
  const lines = listPackage(join(resources, 'app.asar'), { isPack: true })
    .filter((line) => /\.[^/]+$|LICENSE/.test(line))
    .map((line) =>
      line
        .replace(/(\/out\/main)\/[\w.]+(?:-[\w.]+)*-[\w-]{8}\.mjs$/, '$1/*-*.mjs')
        .replace(/-[\w-]{8}\.(js|css|woff2|svg)$/, '-*.$1'),
    )
  return [...new Set(lines)].toSorted()
}

/** Files beside the archive, because the system has to load them itself. */
export function unpacked({ resources }: Package): string[] {
  const folder = join(resources, 'app.asar.unpacked')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted()
}

/** SHA-256 of the head of the archive, which holds the hashes of all its files. */
export function headerHash({ resources }: Package): string {
  const { headerString } = getRawHeader(join(resources, 'app.asar'))
  return createHash('sha256').update(headerString).digest('hex')
}

/** The hash that the program itself carries; null where the system knows none. */
export function statedHash(made: Package, system: System): string | null {
  switch (system) {
    case 'linux':
      return null
    case 'mac': {
      const plist = readFileSync(join(made.resources, '../Info.plist'), 'utf8')
      const integrity =
        /<key>ElectronAsarIntegrity<\/key>[\s\S]*?<key>hash<\/key>\s*<string>([0-9a-f]+)/
      return integrity.exec(plist)?.[1] ?? ''
    }
    case 'win': {
      const program = NtExecutable.from(readFileSync(made.program))
      const { entries } = NtExecutableResource.from(program)
      const entry = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR')
      const list = JSON.parse(Buffer.from(entry?.bin ?? new ArrayBuffer()).toString()) as {
        file: string
        alg: string
        value: string
      }[]
      return list.find(({ file }) => file === 'resources\\app.asar')?.value ?? ''
    }
  }
}
