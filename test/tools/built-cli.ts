/**
 * The command line as it is built, for tests that run it as people do.
 *
 * @module
 */
import { type SpawnOptions, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createBuilder } from 'vite'

const ROOT = join(import.meta.dirname, '../..')

export interface BuiltCli {
  /** The folder with the program and its list of files. */
  folder: string
  remove(): void
}

/** Builds the command line into a folder of its own, so that nobody else's build is disturbed. */
export async function buildCli(): Promise<BuiltCli> {
  // Inside the project, where packages that are not bundled are found.
  const folder = join(ROOT, 'out', `test-cli-${process.pid}`)
  const builder = await createBuilder({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    environments: { cli: { build: { outDir: folder } } },
  })
  const { cli } = builder.environments
  if (cli === undefined) throw new Error('vite.config.ts builds no command line')
  await builder.build(cli)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  input?: string | Uint8Array
  env?: Record<string, string>
  cwd?: string
}

/** @param folder of the program @param args as typed */
export function runCli(
  folder: string,
  args: readonly string[],
  { input = '', env = {}, cwd }: CliOptions = {},
): Promise<Finished> {
  const options: SpawnOptions = {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_GB.UTF-8', ...env },
    stdio: 'pipe',
    ...(cwd === undefined ? {} : { cwd }),
  }
  const child = spawn(process.execPath, [join(folder, 'eichlicht.mjs'), ...args], options)
  const { promise, resolve, reject } = Promise.withResolvers<Finished>()
  const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => chunks[name].push(chunk))
  }
  const textOf = (name: 'stdout' | 'stderr') => Buffer.concat(chunks[name]).toString('utf8')
  child.on('error', reject)
  child.on('close', (code) => {
    resolve({ code, stdout: textOf('stdout'), stderr: textOf('stderr') })
  })
  // A program that does not read its input may be gone before it is written.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  return promise
}
