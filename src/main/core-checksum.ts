/**
 * Checksum of the core: its sources and the exact versions of the packages it computes with.
 *
 * SHA-256 over one line for each file, `<sha256>  <path>`, sorted by path, then one line for each
 * package, `<name>@<version>`. The same with common tools: see docs/decisions/0006.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['src/main/engine', 'src/shared'] as const
const PACKAGES = [
  '@noble/curves',
  '@noble/hashes',
  '@noble/post-quantum',
  '@peculiar/asn1-schema',
  '@peculiar/asn1-x509',
  'saxes',
] as const

/** @param root folder of the project */
export function coreChecksum(root: string): string {
  const lines = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  )
    .toSorted()
    .map((path) => `${sha256(readFileSync(join(root, path)))}  ${path}\n`)
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const packages = PACKAGES.map((name) => `${name}@${devDependencies[name]}\n`)
  return sha256(Buffer.from([...lines, ...packages].join('')))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
