/**
 * General words beside a format's numbered findings, so that every finding that weighs has a
 * sentence a driver understands.
 *
 * @module
 */
import { type FindingCode, type LooseFinding, rowOf } from '../../../shared/model/finding.ts'

/** @returns `findings`, each numbered one followed by its general code where that is not there yet */
export function withGeneral<F extends LooseFinding>(findings: readonly F[]): F[] {
  const said = new Set<string>(findings.map(({ code }) => code))
  return findings.flatMap((found) => {
    const { general } = rowOf(found.code)
    if (general === undefined || said.has(general)) return [found]
    said.add(general)
    const code = general as FindingCode
    const row = rowOf(code)
    const severity = row.severity.includes(found.severity) ? found.severity : row.severity[0]
    const params = Object.fromEntries(row.params.map((name) => [name, found.params[name] ?? '']))
    return [found, { ...found, code, severity, params }]
  })
}
