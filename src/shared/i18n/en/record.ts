/** Findings about form and surroundings of any record, English. */
import type { RecordCode } from '../../model/findings-record.ts'

export const record: Record<RecordCode, string> = {
  'REC-CONTRADICTS':
    'Beside the signed data stands “{found}” ({field}), but “{signed}” is signed. What is signed is shown.',
  'REC-WIDTH':
    'The field “{field}” holds “{found}”, more than the signature covers. The record therefore cannot be read.',
}
