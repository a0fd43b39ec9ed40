/** General findings, English: one sentence a driver understands. */
import type { GeneralCode } from '../../model/findings-general.ts'

export const findings: Record<GeneralCode, string> = {
  'SIG-OK': 'Signature valid ({algorithm}).',
  'SIG-MISMATCH': 'The signature does not match the data.',
  'SIG-MISSING': 'The record has no signature.',
  'SIG-ENCODING': 'The signature is damaged or wrongly encoded.',
  'SIG-NONCANONICAL': 'The signature is unusually encoded. This does not change the result.',
  'SIG-ALG-UNKNOWN': 'The signature method “{algorithm}” is unknown.',
  'SIG-ALG-KEY':
    'The method named beside the signature is {algorithm}, but the key is on the curve {curve}. The key decides.',
  'SIG-WEAK': 'Older 192-bit method ({curve}), usual for existing meters.',
  'SIG-ENGINES':
    'Two ways of computing ({engines}) give different results. The signature therefore counts as not checked.',
  'SIG-NONCE': 'The same number of the signature stands at different data ({differences}).',

  'KEY-NONE': 'No public key is available for this meter.',
  'KEY-INVALID': 'The key is not a valid point of a curve ({origin}).',
  'KEY-FORMAT': 'The key has an unknown form ({origin}).',
  'KEY-CURVE': 'The curve {curve} of the key is not supported ({origin}).',
  'KEY-FILE':
    'The key came in the same file as the data. It shows that nothing was changed, but not whose key it is.',
  'KEY-PROVIDER': 'The key comes from another file of the provider ({origin}).',
  'KEY-REGISTER': 'The key is in the charging station register of {@date}: {origin}.',
  'KEY-ISSUER': 'The key is in a signed list of {issuer} ({origin}), whom you accepted.',
  'KEY-VALIDITY':
    'The session ({found}) lies outside the time for which the key is stated: {from} to {until}.',
  'KEY-BEFORE-STATION':
    'According to the register the station was put into service only on {date}; the session ended on {found}.',
  'KEY-REGISTER-OLD':
    'The key was in the charging station register of {date} ({origin}), but is no longer in the newest one of {newest}. The meter may have been exchanged.',
  'KEY-REGISTER-PLACES':
    'The charging station register lists the same key at {count} charge points: {places}.',
  'KEY-REGISTER-KEYS': 'The charging station register lists {count} keys for this charge point.',
  'KEY-STATION': 'The key was read off the station and confirmed: {origin}, {@where}, {@date}.',
  'KEY-CONFLICT':
    'There are two different keys for the meter {meter}. Find out which one is shown on the station.',
  'KEY-SHARED': 'The same key belongs to several meters: {meters}.',
  'KEY-OTHER-METER':
    'This key is known for another meter or charge point: {meter} ({origin}). What was confirmed there does not count here.',
  'KEY-OTHER-PLACE':
    'The file names the charge point {place}, which is not signed. The key is known for {known} ({origin}). Check where the charging took place.',
  'KEY-STORE':
    'Your key store could not be read ({@reason}). Keys confirmed earlier were left out.',
  'KEY-MISMATCH': 'The signature fits another key than the one given for this meter.',
  'KEY-UNUSED':
    'The key that was given ({origin}) does not fit this record. The signature fits another key.',
  'KEY-RECOVERED':
    'Even without a key it can be shown that {count} records were signed with the same key. Whose key it is remains open.',

  'SES-NO-BEGIN': 'The start value is missing.',
  'SES-NO-END': 'The end value is missing.',
  'SES-ONE-VALUE': 'There is only a single reading.',
  'SES-MANY-BEGIN': 'There are several start values; the assignment is ambiguous.',
  'SES-MANY-END': 'There are several end values; the assignment is ambiguous.',
  'SES-SEQUENCE': 'The order of start, intermediate values and end is impossible.',
  'SES-VALUE': 'A reading is missing or is not a number.',
  'SES-TIME': 'The time of a reading is missing or cannot be read.',
  'SES-ORDER': 'The end lies before the start.',
  'SES-REG-BACK': 'The end reading is lower than the start reading.',
  'SES-METER': 'Start and end come from different meters.',
  'SES-KEY': 'Start and end were signed with different keys.',
  'SES-UNIT': 'Unit or register is not meant for energy.',
  'SES-PAG': 'The sequence numbers of start and end do not follow each other without a gap.',
  'SES-COUNTER': 'One sequence number is used for different data: {found}.',
  'SES-TRANSACTION': 'Start and end name different charging sessions: {begin} and {end}.',
  'SES-REPLAY': 'One record is ascribed to several charging sessions ({other}).',
  'SES-OVERLAP': 'The charging session overlaps with another one at the same meter ({other}).',
  'SES-METER-BACK':
    'The session begins at {found}, although the one before at the same meter ended at {before}.',
  'SES-LONG': 'The charging session takes {found} seconds, more than {limit} days.',
  'SES-POWER': '{found} kWh in that time would be more than {limit} kW on average.',
  'SES-DATE': 'The time {found} lies in the future or before 2017; the clock was wrong.',
  'SES-DUPKEY': 'The field “{field}” occurs twice; it is not clear which one counts.',

  'LAW-STATUS': 'The meter reports: {@found}.',
  'LAW-EF-ENERGY': 'The meter marks the energy as not billable.',
  'LAW-EF-TIME': 'The meter marks the time as not billable. The energy is not affected.',
  'LAW-CLOCK-INFO':
    'The time of day is informative only: nothing may be billed by the clock with it.',
  'LAW-CLOCK-UNSYNC': 'The clock of the meter was not set; its times are not reliable.',
  'LAW-ID-LEVEL': 'The assignment to a person is uncertain: {@found}.',
  'LAW-NO-ID': 'The signed data contain no user identification.',
  'LAW-CALDATE':
    'As you stated, the calibration of the meter ended with the year {year}; the session was on {found}.',
  'LAW-EVENT': 'An event counter of the meter changed during charging.',
  'LAW-FISCAL': 'The reading belongs to no charging session.',
  'LAW-LOSS': '{@meaning} {loss}',
  'LAW-EXPORT': 'The session feeds energy back; it is shown separately and never offset.',

  'TARIFF-PRICE':
    'By the signed tariff “{tariff}”, {energy} kWh and {seconds} s make a price of {total} €. Tariff, energy and times are signed; the price was worked out by Eichlicht.',
  'TARIFF-BLOCKING':
    'The tariff has a blocking fee after charging. When charging ended is not signed; so the fee is not included.',

  'IN-UNKNOWN': 'This file contains no known metering format.',
  'IN-EMPTY': 'The file is empty.',
  'IN-NOFILE': 'The file could not be read: {@reason}.',
  'IN-TOOBIG': 'The file exceeds a safety limit ({@limit}).',
  'IN-DOCTYPE': 'Refused for safety: the XML file has a document type (DOCTYPE).',
  'IN-XML': 'The XML file is damaged at position {offset}.',
  'IN-JSON': 'The JSON file is damaged at position {offset}.',
  'IN-RECORD': 'A record is damaged or incomplete.',
  'IN-NO-READING': 'The record contains no readings.',
  'IN-FORMAT': 'The data format “{format}” is recognised but cannot be checked yet.',
  'IN-SPACE': 'Outer white space was left out; only then did the signature match.',
  'IN-DUPLICATE': 'The same record occurs {count} times.',
  'IN-KEYS': 'The file contains public keys ({count}) but no metering data.',
  'IN-TIMEOUT': 'Checking this file was stopped after {seconds} seconds.',
  'IN-MEMORY': 'Checking this file was stopped: it needs more than {limit} of memory.',
  'ENGINE-INTERNAL': 'A fault in Eichlicht prevented the check ({detail}). Please report it.',
}
