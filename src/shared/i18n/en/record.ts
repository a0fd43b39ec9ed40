/** Findings about form and surroundings of any record, English. */
import type { RecordCode } from '../../model/findings-record.ts'

export const record: Record<RecordCode, string> = {
  'REC-CONTRADICTS':
    'Beside the signed data stands “{found}” ({field}), but “{signed}” is signed. What is signed is shown.',
  'REC-WIDTH':
    'The field “{field}” holds “{found}”, more than the signature covers. The record therefore cannot be read.',
  'REC-REPEATS':
    'The readable copy of the signed data is wrong: “{field}” says “{found}”, but “{signed}” is signed. What is signed is shown.',
  'REC-OFFSET':
    'The file says that the clock of the meter deviates by {found} ({field}). This is not signed and was not in force in Germany at that time; only the time of day is signed.',
  'REC-ORDER':
    'The file lists the readings in another order than the meter took them. The signed order is shown.',
  'REC-TOTAL': 'The record states a total of {stated}; start and end give {energy}.',
  'SES-CONTRACT':
    'Start and end were signed for different customers or authorisations: “{begin}” and “{end}”.',
  'SES-CLOCK-SET': 'The clock was set between start and end; the duration is not reliable.',
  'SES-SOFTWARE':
    'The software of the station at the start was not that at the end: “{begin}” and “{end}”.',
  'IN-UNSIGNED':
    'The file describes a charging session ({session}) but contains nothing signed about it. Nobody can check whether its values are right.',
  'IN-LIVE':
    'The file is an internet address where a running session can be watched. It contains no signed readings.',
  'REC-FOREIGN':
    'A reading of the file names another meter or key than the first one: “{found}” instead of “{first}” ({field}).',
  'IN-SIGNATURE':
    'The file contains nothing but a signature. It belongs to the file with the metering data and is checked with it.',
}
