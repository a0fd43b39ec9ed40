/**
 * Schema of `eichlicht-result/1`: what the command line writes as JSON, and a line of its NDJSON.
 *
 * The descriptions are public documentation; `npm run schema` writes them to `docs/`. That the
 * schema is the one the program is written against is proven by the types at the end.
 *
 * @module
 */
import { z } from 'zod'
import { TRUST_LEVELS, TRUST_OF_SOURCE, type KeySource } from '../../src/shared/model/key.ts'
import { COMPARED, MATCH_REASONS } from '../../src/shared/model/invoice.ts'
import { PROFILES } from '../../src/shared/model/profile.ts'
import { VERDICT_STATES } from '../../src/shared/model/verdict-state.ts'
import type {
  BillDocument,
  FindingDocument,
  InputDocument,
  InputLine,
  InvoiceDocument,
  ReadingDocument,
  RecordDocument,
  ResultDocument,
  SessionDocument,
  UnmatchedDocument,
} from '../../src/main/report/document.ts'

const text = (description: string) => z.string().describe(description)
const flag = (description: string) => z.boolean().describe(description)
const orNull = <T extends z.ZodType>(type: T, description: string) =>
  type.nullable().describe(description)
const textOrNull = (description: string) => orNull(z.string(), description)

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const SHA256 = /^[0-9a-f]{64}$/
const FINGERPRINT = /^sha256:[0-9a-f]{64}$/
const HEX = /^[0-9a-f]+$/

const decimal = () => z.string().regex(DECIMAL)

const state = () => z.enum(VERDICT_STATES)
const STATE =
  'VERIFIED: all signatures fit, the key is confirmed, start and end are there and may be billed. ' +
  'VALID_KEY_UNCONFIRMED: the same, but nobody has confirmed whose key it is. ' +
  'NOT_LEGALLY_RELEVANT: the signatures fit, but the values must not be billed. ' +
  'INCOMPLETE: what is there is valid, but start or end is missing. ' +
  'NOT_CHECKED: readable, but nothing can be said about integrity. ' +
  'SIGNATURE_INVALID: a signature does not fit. ' +
  'UNREADABLE: unknown, damaged, over a limit or refused for safety.'

const signatureStatus = () => z.enum(['valid', 'invalid', 'unchecked'])

const software = z
  .strictObject({
    name: z.literal('eichlicht').describe('Name of the program.'),
    version: text('Version of the program.'),
    core: z
      .strictObject({
        version: text('Version of the part that can change a verdict, a value or a reason.'),
        sha256: z.string().regex(SHA256).describe('Checksum of that part.'),
      })
      .describe('The part of the program that computes the result.'),
  })
  .meta({ id: 'Software', description: 'The program that made this result.' })

const findingSchema = z
  .strictObject({
    code: text(
      'What was found, as a code that never changes its meaning, such as SIG-MISMATCH. ' +
        'OCMF-nnn are the numbered checks of the OCMF format.',
    ),
    severity: z
      .enum(['error', 'warning', 'info'])
      .describe('error: it can decide the state. warning and info never do.'),
    params: z
      .record(z.string(), z.string())
      .describe('Values that belong to the finding, by their names; what stands in the record.'),
    at: text('Name of the input, or id of the session or record that it is about.'),
    path: textOrNull('Place in the record, such as RD[1].RV; null where it is about the whole.'),
    offset: orNull(z.number().int().min(0), 'Byte offset of that place; null where it is unknown.'),
  })
  .meta({ id: 'Finding', description: 'One thing the program has to say.' })

const readingSchema = z
  .strictObject({
    value: orNull(
      decimal(),
      'Digits as the meter signed them, without exponent and padding, trailing zeros kept; null for an event without a value.',
    ),
    unit: textOrNull('Unit as the record writes it; null where there is no value.'),
    time: textOrNull('Time as the record writes it; null where it states none.'),
    epoch_ms: orNull(
      z.number().int(),
      'The same moment in milliseconds since 1970-01-01 UTC; null where it cannot be read.',
    ),
    clock: orNull(
      z.enum(['synchronised', 'informative', 'relative', 'unsynchronised', 'unknown']),
      'How far the clock may be believed. relative: only differences of time are assured.',
    ),
    obis: textOrNull('Register in decimal form with all six groups, such as 1-0:1.8.0*255.'),
    register: textOrNull('Register as the record writes it.'),
    role: z.enum(['begin', 'intermediate', 'end', 'other']).describe('Part of the session.'),
    meter_ok: z
      .boolean()
      .nullable()
      .describe('false: the meter says that this value must not be billed; null: it says nothing.'),
    errors: z
      .array(z.enum(['energy', 'time']))
      .describe('What must not be billed from this reading on, by the word of the record.'),
    path: text('Place of the value in the record, such as RD[0].RV.'),
  })
  .meta({ id: 'Reading', description: 'One value of one register at one time.' })

const reading = (description: string) => readingSchema.nullable().describe(description)

const quantity = z
  .strictObject({
    value: decimal().describe('Exact digits.'),
    unit: text('Unit of the value.'),
  })
  .meta({ id: 'Quantity', description: 'A value with its unit.' })

const keySchema = z
  .strictObject({
    fingerprint: z.string().regex(FINGERPRINT).describe('SHA-256 over curve name and point.'),
    curve: text('Curve of the key, such as secp256r1, or its kind, such as ed25519.'),
    point: z
      .string()
      .regex(HEX)
      .describe('Uncompressed point (04, x, y) or bytes of the key, in hexadecimal digits.'),
  })
  .meta({ id: 'Key', description: 'A public key.' })

const recordSignature = z
  .strictObject({
    status: signatureStatus().describe(
      'valid: it fits the bytes as received and the key that should fit. unchecked: nothing is said.',
    ),
    algorithm: textOrNull('Method of the check, such as ECDSA-secp256r1-SHA256; null for none.'),
    declared: textOrNull('Method that the record names; usually nobody has signed that name.'),
    curve: textOrNull('Curve of the key, or the one that the method names.'),
    digest: orNull(z.string().regex(HEX), 'Hash of the signed bytes, in hexadecimal digits.'),
    r: orNull(z.string().regex(HEX), 'First number of an ECDSA signature, in hexadecimal digits.'),
    s: orNull(z.string().regex(HEX), 'Second number of an ECDSA signature.'),
    engines: z
      .array(z.string())
      .describe('Implementations that were asked, in order: native is OpenSSL, noble JavaScript.'),
    key: keySchema.nullable().describe('The key that fits; where none does, the one that should.'),
  })
  .describe('What the attempt to verify the record has shown.')

const field = z
  .strictObject({
    name: text('Name in the record, such as GS or RD[0].TM.'),
    value: text('Value as the record writes it.'),
    signed: flag('true only where the signature covers it.'),
    inherited: flag('true where it was taken over from the reading before.'),
  })
  .meta({ id: 'Field', description: 'One value of the record.' })

const recordSchema = z
  .strictObject({
    id: text('The same for the same record under the same key.'),
    format: text('Format of the record, such as ocmf.'),
    formatVersion: textOrNull('Version of the format that the record names.'),
    origin: z.array(z.string()).describe('Way from the input to the record, such as value[1].'),
    signature: recordSignature,
    pagination: textOrNull('Signed counter of the record with its context, such as T12.'),
    readings: z.array(readingSchema).describe('All readings, in the order of the record.'),
    fields: z.array(field).describe('All values of the record and of its signature section.'),
    findings: z.array(findingSchema).describe('What was found in this record.'),
  })
  .meta({ id: 'Record', description: 'One signed datagram.' })

const outcome = () =>
  z
    .enum(['same', 'rounded', 'differs', 'open'])
    .describe('rounded: only rounding lies between the two. open: they could not be compared.')

const amountSchema = z
  .strictObject({
    what: z
      .enum(['energy', 'time', 'blocking', 'session', 'other', 'net', 'vat', 'gross'])
      .describe('What the amount is for; vat and gross are computed from the sums of the bill.'),
    quantity: orNull(decimal(), 'Quantity as billed.'),
    unit: textOrNull('Its unit as written.'),
    unit_price: orNull(decimal(), 'Price of one unit as billed; of tax the rate in percent.'),
    computed: orNull(decimal(), 'Quantity times price, rounded to two decimals.'),
    stated: orNull(decimal(), 'Amount as billed.'),
    outcome: outcome(),
  })
  .meta({ id: 'Amount', description: 'An amount computed anew from the numbers of the bill.' })

const billMembers = {
  source: z
    .enum(['cii', 'ubl', 'ocpi', 'oicp', 'table', 'text'])
    .describe('Kind of document; cii and ubl are electronic invoices, text is read from words.'),
  kind: z.enum(['bill', 'credit', 'cdr']).describe('cdr: a charge detail record.'),
  origin: z.array(z.string()).describe('Way from the input to it.'),
  passage: textOrNull('The words it was read from; null for a structured document.'),
  invoice: textOrNull('Number of the invoice, or id of the charge detail record.'),
  seller: textOrNull('Who issued it.'),
  session: textOrNull('Id of the session as billed.'),
  transaction: textOrNull('Transaction number as billed.'),
  evse: textOrNull('Charge point as billed.'),
  meter: textOrNull('Meter as billed.'),
  user: textOrNull('Card or contract as billed.'),
  begin: textOrNull('Start as written.'),
  end: textOrNull('End as written.'),
  duration_s: orNull(decimal(), 'Duration in seconds as billed.'),
  energy: quantity.nullable().describe('Energy as billed.'),
  begin_reading: quantity.nullable().describe('Meter reading at the start as billed.'),
  end_reading: quantity.nullable().describe('Meter reading at the end as billed.'),
  currency: textOrNull('Currency of the amounts.'),
  net: orNull(decimal(), 'Sum without tax.'),
  vat_rate: orNull(decimal(), 'Rate of tax in percent.'),
  vat: orNull(decimal(), 'Tax.'),
  gross: orNull(decimal(), 'Sum with tax.'),
  amounts: z.array(amountSchema).describe('Amounts computed anew.'),
}
const billSchema = z.strictObject(billMembers)

const comparisonSchema = z
  .strictObject({
    what: z.enum(COMPARED).describe('What is compared.'),
    billed: text('As billed, with its unit.'),
    signed: textOrNull('As signed, with its unit; null where the record does not say.'),
    difference: orNull(decimal(), 'Billed less signed; null for what is no number.'),
    unit: textOrNull('Unit of the difference: kWh or s.'),
    outcome: outcome(),
  })
  .meta({ id: 'Comparison', description: 'A billed value beside the signed one.' })

const invoiceSchema = z
  .strictObject({
    status: z
      .enum(['matches', 'differs', 'open', 'not-billed'])
      .describe(
        'differs: a bill contradicts the signed data or itself. open: nothing could be compared, ' +
          'or only with values whose signature is not valid. It never changes the state.',
      ),
    bills: z
      .array(
        z
          .strictObject({
            input: text('Name of the input that it was read from.'),
            ...billMembers,
            matched_by: z.array(z.enum(MATCH_REASONS)).describe('Why it is thought to be meant.'),
            rows: z.array(comparisonSchema).describe('Billed beside signed.'),
          })
          .meta({ id: 'Bill', description: 'What one bill says of this session; not signed.' }),
      )
      .describe('All bills that speak of this session.'),
    findings: z.array(findingSchema).describe('What was found; INV codes.'),
  })
  .meta({ id: 'Invoice', description: 'What was billed, beside what was signed.' })

const unmatchedSchema = z
  .strictObject({
    input: text('Name of the input that it was read from.'),
    ...billMembers,
    findings: z.array(findingSchema).describe('What was found; INV codes.'),
  })
  .meta({ id: 'UnmatchedBill', description: 'A session that was billed without a signed record.' })

const sessionSchema = z
  .strictObject({
    id: text('The same whenever the same records make the session.'),
    state: state().describe(STATE),
    input: text('Name of the input that holds its first record.'),
    format: text('Format of its first record, such as ocmf.'),
    begin: reading('Reading at the start; null where it is missing.'),
    end: reading('Reading at the end; null where it is missing.'),
    energy: quantity
      .nullable()
      .describe('End less start, exact, in the unit of the record; null where it is unknown.'),
    energy_kWh: orNull(decimal(), 'The same in kWh; null where it has no finite decimal form.'),
    export: z
      .strictObject({
        begin: reading('Reading of the register at the start.'),
        end: reading('Reading of the register at the end.'),
        energy: quantity.nullable().describe('Energy fed back.'),
      })
      .nullable()
      .describe('Energy fed back in the same session, never offset; null where there is none.'),
    duration_s: orNull(decimal(), 'Seconds from start to end; null where a time is missing.'),
    meter: z
      .strictObject({
        serial: textOrNull('Serial number of the meter, or of the gateway that signs for it.'),
        vendor: textOrNull('Maker of the meter.'),
        model: textOrNull('Model of the meter, or of the gateway that signs for it.'),
      })
      .describe('The meter as the signed data name it.'),
    station: textOrNull('Serial number of the gateway that signs for the meter.'),
    evse: textOrNull('Charge point as the signed data name it.'),
    user: textOrNull('Identification of the user as signed.'),
    transaction: textOrNull(
      'Transaction number: as signed where there is one, else as the file says.',
    ),
    trust: z
      .strictObject({
        level: z
          .enum(TRUST_LEVELS)
          .describe(
            'K0 no key, K1 from the same file as the data, K2 from another file of the provider, ' +
              'K3 official register, K4 read off the station by the user, K5 certificate chain.',
          ),
        fingerprint: orNull(z.string().regex(FINGERPRINT), 'Key of the session; null for none.'),
        source: orNull(
          z.enum(Object.keys(TRUST_OF_SOURCE) as [KeySource, ...KeySource[]]),
          'Where the key was found. container: the same file as the data.',
        ),
        register: orNull(
          z.strictObject({
            edition: text('ISO date of the edition.'),
            sha256: z.string().regex(SHA256).describe('Checksum of the file of the edition.'),
            row: z.number().int().min(1).describe('Row of the sheet, or line of the file.'),
            number: textOrNull('Ladeeinrichtungs-ID; editions before 2025 have none.'),
            operator: textOrNull('Operator.'),
            street: textOrNull('Street and house number.'),
            postcode: textOrNull('Postcode.'),
            place: textOrNull('Place.'),
            state: textOrNull('Federal state.'),
            latitude: textOrNull('Decimal degrees.'),
            longitude: textOrNull('Decimal degrees.'),
            evse: textOrNull('EVSE id of the charge point.'),
          }),
          'What the charging register says of the station with this key: not signed.',
        ),
      })
      .describe('How far the key is to be trusted.'),
    usable: z
      .strictObject({
        energy: flag('The energy may be billed.'),
        time: flag('The duration may be billed.'),
      })
      .describe('What the records allow to bill.'),
    complete: flag('Start and end are there.'),
    signature: signatureStatus().describe('The worst of its records.'),
    invoice: invoiceSchema.nullable().describe('Comparison with bills; null where none was given.'),
    records: z
      .array(recordSchema)
      .describe('Records of the session in the order of their counter.'),
    findings: z.array(findingSchema).describe('What was found across its records.'),
  })
  .meta({ id: 'Session', description: 'One charging session.' })

const inputSchema = z
  .strictObject({
    name: text('Name as given; for standard input a dash.'),
    sha256: orNull(z.string().regex(SHA256), 'Checksum of its bytes; null if it was not read.'),
    bytes: orNull(z.number().int().min(0), 'Length; null if it was not read.'),
    state: state()
      .nullable()
      .describe('Worst state of what it holds; null for an input that holds keys only.'),
    findings: z.array(findingSchema).describe('What was found in the input as a whole.'),
    sessions: z.array(z.string()).describe('Ids of the sessions that its records belong to.'),
    keys: z.number().int().min(0).describe('Number of public keys that it offers.'),
    bills: z.number().int().min(0).describe('Number of sessions that it says were billed.'),
  })
  .meta({ id: 'Input', description: 'One file or other input.' })

const head = {
  schema: z.literal('eichlicht-result/1').describe('Name and version of this form.'),
  software,
  required_trust: z
    .enum(TRUST_LEVELS)
    .describe('Key trust from which a key counts as confirmed in this result.'),
  profile: z.enum(PROFILES).describe('Whom the weight of formal findings is meant for.'),
}

/** `--format json` */
export const resultSchema = z
  .strictObject({
    ...head,
    inputs: z.array(inputSchema).describe('All inputs, in the order in which they were given.'),
    sessions: z.array(sessionSchema).describe('All sessions of all inputs.'),
    unmatched_bills: z.array(unmatchedSchema).describe('Billed without a signed record.'),
  })
  .meta({ id: 'Result', description: 'Everything that one run has found.' })

/** A line of `--format ndjson` */
export const lineSchema = z
  .strictObject({
    ...head,
    input: inputSchema,
    sessions: z.array(sessionSchema).describe('Its sessions; not paired across inputs.'),
    unmatched_bills: z.array(unmatchedSchema).describe('Billed without a signed record.'),
  })
  .meta({ id: 'Line', description: 'One line of NDJSON: one input, judged by itself.' })

/** @returns the schema as it is published: later versions may add members */
export function publishedSchema(): object {
  const schema = z.toJSONSchema(z.union([resultSchema, lineSchema]), {
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties
      }
    },
  })
  return {
    ...schema,
    title: 'eichlicht-result/1',
    description:
      'Result of Eichlicht: a whole run, or one line of NDJSON. Decimals are strings, bytes are ' +
      'hexadecimal digits, what is absent is null. Members may be added, none is taken away or ' +
      'changed in its meaning without a new number in the name.',
  }
}

type Same<A, B> = [A, B] extends [B, A] ? true : false
type Holds<T extends true[]> = T

/** Compiles only while schema and program say the same. */
export type SchemaIsProgram = Holds<
  [
    Same<z.output<typeof findingSchema>, FindingDocument>,
    Same<z.output<typeof readingSchema>, ReadingDocument>,
    Same<z.output<typeof recordSchema>, RecordDocument>,
    Same<z.output<typeof billSchema>, BillDocument>,
    Same<z.output<typeof invoiceSchema>, InvoiceDocument>,
    Same<z.output<typeof unmatchedSchema>, UnmatchedDocument>,
    Same<z.output<typeof sessionSchema>, SessionDocument>,
    Same<z.output<typeof inputSchema>, InputDocument>,
    Same<z.output<typeof resultSchema>, ResultDocument>,
    Same<z.output<typeof lineSchema>, InputLine>,
  ]
>
