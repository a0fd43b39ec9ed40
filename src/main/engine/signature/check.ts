/**
 * Asks one engine or two whether a signature fits.
 *
 * A fast engine alone may say "valid". What it calls invalid accuses somebody, so the reference is
 * asked too, and two engines that disagree are neither valid nor invalid.
 *
 * @module
 */
import type { Backend, CanonicalCheck } from './backend.ts'

export interface CheckAnswer {
  outcome: 'valid' | 'invalid' | 'disagree'
  /** Names of the engines that were asked, in order. */
  engines: string[]
}

/**
 * @param engines `reference` was prepared for the kind of key; `fast` is null where there is none;
 *   `both` asks both even where the fast one says valid
 */
export function checkSignature(
  check: CanonicalCheck,
  engines: { reference: Backend; fast: Backend | null; both: boolean },
): CheckAnswer {
  const { reference, fast, both } = engines
  if (fast === null || !fast.supports(check.curve)) {
    const outcome = reference.verify(check) ? 'valid' : 'invalid'
    return { outcome, engines: [reference.name] }
  }
  const fits = fast.verify(check)
  // RFC 8032, 5.1.7 lets engines differ over crafted EdDSA keys, and some let keys of small order
  // sign everything. Methods checked as a whole are rare, so both engines always decide them.
  if (fits && !both && check.kind === 'ecdsa') return { outcome: 'valid', engines: [fast.name] }
  const agree = reference.verify(check) === fits
  const outcome = fits ? 'valid' : 'invalid'
  return { outcome: agree ? outcome : 'disagree', engines: [fast.name, reference.name] }
}
