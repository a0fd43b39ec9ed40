/**
 * Programs of others that look at PDF files: qpdf and poppler. Debian: qpdf, poppler-utils.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface LookedAt {
  /** What qpdf complains of. */
  complaints: string
  /** The words of all pages, as a reader program finds them. */
  text: string
  /** Attached files by their names. */
  attached: Record<string, Uint8Array>
}

export function hasPdfPrograms(): boolean {
  return ['qpdf', 'pdftotext', 'pdfdetach'].every(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined,
  )
}

export function lookAt(bytes: Uint8Array): LookedAt {
  const folder = mkdtempSync(join(tmpdir(), 'eichlicht-pdf-'))
  const file = join(folder, 'report.pdf')
  const out = join(folder, 'attached')
  const run = (name: string, ...args: string[]) =>
    spawnSync(name, args, { encoding: 'utf8', timeout: 30_000 })
  try {
    writeFileSync(file, bytes)
    mkdirSync(out)
    const checked = run('qpdf', '--check', file)
    run('pdfdetach', '-saveall', '-o', out, file)
    const { stdout: text } = run('pdftotext', '-layout', file, '-')
    return {
      complaints: checked.status === 0 ? '' : `${checked.stdout}${checked.stderr}`,
      text,
      attached: Object.fromEntries(
        readdirSync(out).map((name) => [name, readFileSync(join(out, name))]),
      ),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
