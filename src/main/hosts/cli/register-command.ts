/**
 * `eichlicht keys import-register`: an edition of the charging register into the key store.
 *
 * @module
 */
import { showDay, visible } from '../../../shared/display.ts'
import { type UiKey, text, wordFor } from '../../../shared/i18n/index.ts'
import type { RegisterReport } from '../../../shared/model/register.ts'
import { unusableCsv } from '../../key-store/exchange.ts'
import { storeFile } from '../../key-store/folder.ts'
import { openStore } from '../../key-store/open.ts'
import { RegisterError } from '../../key-store/register-file.ts'
import { importRegister } from '../../key-store/register-import.ts'
import { StoreError } from '../../key-store/trouble.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { ExitCode } from './exit-code.ts'
import { type AskedFor, Refusal, type Run } from './key-run.ts'

export const IMPORT_SCHEMA = 'eichlicht-register-import/1'

const STEP = 10

/** Ends on Ctrl+C with the editions before as they were. */
export async function importEdition(
  run: Run,
  { file, date, unusable }: AskedFor<'import-register'>,
): Promise<ExitCode> {
  const { language, output } = run
  const store = storeFile(run.store)
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  let told = 0
  try {
    const outcome = await importRegister(store, file, {
      date,
      now: () => new Date(),
      signal: abort.signal,
      onProgress: (done, total) => {
        const percent = Math.floor((100 * done) / total)
        if (percent < told + STEP) return
        told = percent - (percent % STEP)
        output.note(text(language, 'register.progress', { percent: String(told) }))
      },
    })
    await tell(run, store, outcome, unusable)
    return 0
  } catch (error) {
    if (!(error instanceof RegisterError)) throw error
    const params = { file: visible(file), row: String(error.row ?? ''), reason: error.reason }
    throw new Refusal(
      error.row === null ? 'register.refused' : 'register.refused-at',
      { ...params, reason: `register.${error.reason}` },
      error.reason === 'cancelled' ? 1 : 3,
    )
  } finally {
    process.removeListener('SIGINT', stop)
  }
}

async function tell(
  run: Run,
  file: string,
  { kind, edition, report }: Awaited<ReturnType<typeof importRegister>>,
  unusable: string | null,
): Promise<void> {
  const { language, output, format } = run
  const { store, reason } = openStore(file)
  if (store === null) throw new StoreError(reason ?? 'failed')
  try {
    const changes = store.register.changes(edition)
    if (unusable !== null) {
      const parts = [...unusableCsv(store.register.unusable(edition))]
      await writeAtomically(unusable, Buffer.from(parts.join(''))).catch((error: unknown) => {
        const { code = '' } = error as NodeJS.ErrnoException
        throw new Refusal('keys.cli.not-written', { path: visible(unusable), code })
      })
    }
    if (format === 'json') {
      const document = { schema: IMPORT_SCHEMA, outcome: kind, report, changes }
      await output.write(`${JSON.stringify(document, null, 2)}\n`)
      return
    }
    const used = store.register.editions().find(({ inUse }) => inUse)
    const lines = [
      text(language, `register.${kind}`, { edition: showDay(language, report.edition) }),
      ...reportLines(report, run),
      ...(changes === null
        ? []
        : [
            text(language, 'register.changes', {
              before: showDay(language, changes.before),
              appeared: String(changes.appeared),
              vanished: String(changes.vanished),
              changed: String(changes.changed),
            }),
          ]),
      ...(used === undefined || used.id === edition
        ? []
        : [text(language, 'register.older', { edition: showDay(language, used.date) })]),
    ]
    await output.write(`${lines.join('\n')}\n`)
  } finally {
    store.close()
  }
}

function reportLines(report: RegisterReport, { language }: Run): string[] {
  const { rows, points, evses, keyCells, usable, unusable, keys, distinct, sha256, notes } = report
  const facts: [UiKey, number][] = [
    ['register.rows', rows],
    ['register.points', points],
    ['register.evses', evses],
    ['register.cells', keyCells],
    ['register.usable', usable],
    ['register.keys', keys],
    ['register.distinct', distinct],
    ['register.unusable', unusable],
  ]
  const line = (name: string, value: number, indent: number) =>
    `${' '.repeat(indent)}${name.padEnd(44 - indent)} ${String(value).padStart(8)}`
  const counted = (counts: object, word: (name: string) => string) =>
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, value]) => line(word(name), Number(value), 4))
  return [
    ...facts.map(([label, value]) => line(text(language, label), value, 2)),
    ...counted(report.byReason, (name) => wordFor(language, `cell.${name}`)),
    `  ${text(language, 'register.by-curve')}`,
    ...counted(report.byCurve, (name) => name),
    `  ${text(language, 'register.by-form')}`,
    ...counted(report.byForm, (name) => name),
    `  SHA-256 ${sha256}`,
    ...notes.map((note) => `  ! ${text(language, `register.note.${note}`)}`),
  ]
}
