/**
 * General words beside a format's numbered findings, so that every finding that weighs has a
 * sentence a driver understands.
 *
 * @module
 */
import { type FindingCode, type LooseFinding, rowOf } from '../../../shared/model/finding.ts'
import type { Severity } from '../../../shared/model/finding-row.ts'

/**
 * @returns `findings`, each numbered one followed by its general code where that is not there yet;
 *   a general code has weight and place of the heaviest finding it stands for
 */
export function withGeneral<F extends LooseFinding>(findings: readonly F[]): F[] {
  const said = new Set<string>(findings.map(({ code }) => code))
  const heaviest = new Map<string, F>()
  for (const found of findings) {
    const { general } = rowOf(found.code)
    if (general === undefined) continue
    const known = heaviest.get(general)
    if (known === undefined || WEIGHT[found.severity] > WEIGHT[known.severity]) {
      heaviest.set(general, found)
    }
  }
  return findings.flatMap((found) => {
    const { general } = rowOf(found.code)
    if (general === undefined || said.has(general)) return [found]
    said.add(general)
    const words = inGeneral(heaviest.get(general) ?? found, general as FindingCode)
    return words === null ? [found] : [found, words]
  })
}

const WEIGHT = { error: 2, warning: 1, info: 0 } as const satisfies Record<Severity, number>

/** Never heavier than the finding itself; null where the general code knows no such weight. */
function inGeneral<F extends LooseFinding>(found: F, code: FindingCode): F | null {
  const row = rowOf(code)
  const [severity] = row.severity
    .filter((weight) => WEIGHT[weight] <= WEIGHT[found.severity])
    .toSorted((a, b) => WEIGHT[b] - WEIGHT[a])
  if (severity === undefined) return null
  const params = Object.fromEntries(row.params.map((name) => [name, found.params[name] ?? '']))
  return { ...found, code, severity, params }
}
