/** Befunde zu Form und Begleitangaben jedes Datensatzes, deutsch. */
import type { RecordCode } from '../../model/findings-record.ts'

export const record: Record<RecordCode, string> = {
  'REC-CONTRADICTS':
    'Neben den signierten Daten steht „{found}“ ({field}), signiert ist „{signed}“. Gezeigt wird, was signiert ist.',
  'REC-WIDTH':
    'Das Feld „{field}“ enthält „{found}“ und damit mehr, als die Signatur umfasst. Der Datensatz ist deshalb nicht lesbar.',
}
