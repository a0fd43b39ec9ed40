/** Findings about the charging processes of Mennekes, in English. */
import type { MennekesCode } from '../../model/findings-mennekes.ts'

export const mennekes: Record<MennekesCode, string> = {
  'MENNEKES-ELEMENT': 'The charging process lacks “{field}”, of which the signed data are made.',
  'MENNEKES-VALUE': '“{field}” cannot be read: “{found}”.',
}
