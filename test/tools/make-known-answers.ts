/**
 * Writes `src/main/engine/signature/known-answer-table.ts` with throw-away keys of OpenSSL:
 * `npx node test/tools/make-known-answers.ts && npx oxfmt <that file>`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { toHex } from '../../src/shared/hex.ts'
import { KEY_KINDS } from '../../src/shared/model/key.ts'
import { isEcCurve, orderBytes } from '../../src/main/engine/signature/curves.ts'
import { makeEcKey, makeWholeKey, signEcdsa, signWhole } from './openssl-keys.ts'

const FILE = new URL('../../src/main/engine/signature/known-answer-table.ts', import.meta.url)
const SIGNED_TEXT = 'Eichlicht'
const signedBytes = new TextEncoder().encode(SIGNED_TEXT)

const ecdsaRows = KEY_KINDS.filter(isEcCurve).map((curve) => {
  const key = makeEcKey(curve)
  const signature = toHex(signEcdsa(key, 'SHA256', signedBytes))
  const digits = 2 * orderBytes(curve)
  const numbers = `r: '${signature.slice(0, digits)}', s: '${signature.slice(digits)}'`
  return `${curve}: { hash: 'SHA256', point: '${toHex(key.point)}', ${numbers} },`
})

const wholeRows = KEY_KINDS.flatMap((kind) => {
  if (isEcCurve(kind)) return []
  const key = makeWholeKey(kind)
  const signature = toHex(signWhole(key, signedBytes))
  return [`'${kind}': { point: '${toHex(key.point)}', signature: '${signature}' },`]
})

writeFileSync(
  FILE,
  `/**
 * One valid signature over {@link SIGNED_TEXT} for every kind of key.
 *
 * Made with OpenSSL and keys thrown away, by \`test/tools/make-known-answers.ts\`.
 *
 * @module
 */
import type { Hex } from '../../../shared/hex.ts'
import type { HashId } from './algorithms.ts'
import type { EcCurveId, WholeKindId } from './curves.ts'

/** UTF-8, without anything before or after. */
export const SIGNED_TEXT = '${SIGNED_TEXT}'

export const ECDSA_ANSWERS: Record<EcCurveId, { hash: HashId; point: Hex; r: Hex; s: Hex }> = {
${ecdsaRows.join('\n')}
}

export const WHOLE_ANSWERS: Record<WholeKindId, { point: Hex; signature: Hex }> = {
${wholeRows.join('\n')}
}
`,
)
