/** Findings about sealed OCMF records, in English. */
import type { SealedCode } from '../../model/findings-sealed.ts'

export const sealed: Record<SealedCode, string> = {
  'SEAL-STRUCTURE': 'The seal is damaged at position {offset}.',
  'SEAL-COVERAGE':
    'This kind of seal protects only the end of the text reliably: the first {open} of {length} characters could be changed without the secret key, at a great expense of computing.',
  'SEAL-TEXT':
    'The sealed text has a place where anything may hide. With this kind of seal it could therefore be changed without the secret key; so nothing is proven.',
  'SEAL-COMPRESSED':
    'The sealed text is compressed ({found}). With several blocks this kind of seal then proves nothing.',
}
