/**
 * One record in every envelope that stations, backends and roaming platforms put it into.
 *
 * Source: OCPP 1.6, 2.0.1, 2.1; OCA application note "Signed meter values"; OCPI 2.2.1; OICP 2.3.
 *
 * @module
 */
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'

export interface Carried {
  /** The signed text. */
  record: string
  /** SubjectPublicKeyInfo in hexadecimal digits. */
  key: string
  transaction: string
}

const base64 = (text: string) => toBase64(utf8Bytes(text))

/** All printed forms of a key that OCPP messages have (interfaces of the field, A.4). */
export const KEY_FORMS: Record<string, (hex: string) => string> = {
  'oca, base16': (hex) => base64(`oca:base16:asn1:${hex}`),
  'oca, base64': (hex) =>
    base64(`oca:base64:asn1:${toBase64(Uint8Array.from(Buffer.from(hex, 'hex')))}`),
  'oca without base64': (hex) => `oca:base16:asn1:${hex}`,
  'hex in base64': (hex) => base64(hex),
  'JSON in base64': (hex) => base64(`{"UK":"${hex.toUpperCase()}"}`),
  hex: (hex) => hex,
  'hex in groups': (hex) => hex.replace(/(..)(?=.)/g, '$1 '),
  base64: (hex) => toBase64(Uint8Array.from(Buffer.from(hex, 'hex'))),
}

const signed = ({ record, key }: Carried, form = KEY_FORMS['oca, base16']) => ({
  signedMeterData: base64(record),
  signingMethod: '',
  encodingMethod: 'OCMF',
  publicKey: form?.(key) ?? '',
})

const stop = (value: string) => ({
  transactionId: 4711,
  idTag: 'ABC',
  timestamp: '2025-03-14T09:30:05Z',
  meterStop: 1245670,
  transactionData: [
    {
      timestamp: '2025-03-14T09:30:00Z',
      sampledValue: [
        { value: '1245670', unit: 'Wh', context: 'Transaction.End' },
        { value, format: 'SignedData', context: 'Transaction.End' },
      ],
    },
  ],
})

const event = (carried: Carried, signedMeterValue: object) => ({
  eventType: 'Ended',
  timestamp: '2025-03-14T09:30:05Z',
  triggerReason: 'Authorized',
  seqNo: 3,
  transactionInfo: { transactionId: carried.transaction },
  meterValue: [
    {
      timestamp: '2025-03-14T09:30:00Z',
      sampledValue: [{ value: 1245670, context: 'Transaction.End', signedMeterValue }],
    },
  ],
})

const frame = (action: string, payload: object) => [2, '19223201', action, payload]
const text = (value: unknown) => JSON.stringify(value)

/** What `repr` of Python writes. */
function python(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  }
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([name, item]) => `'${snake(name)}': ${python(item)}`)
    return `{${members.join(', ')}}`
  }
  return JSON.stringify(value)
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const escaped = (part: string) =>
  part.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const cdr = (carried: Carried, over: object = {}) => ({
  country_code: 'DE',
  party_id: 'EIL',
  id: 'CDR-1',
  session_id: carried.transaction,
  start_date_time: '2025-03-14T09:00:00Z',
  end_date_time: '2025-03-14T09:30:00Z',
  cdr_location: { evse_id: 'DE*EIL*E0001*1' },
  currency: 'EUR',
  total_energy: 11.11,
  total_time: 0.5,
  signed_data: {
    encoding_method: 'OCMF',
    encoding_method_version: 1,
    public_key: toBase64(Uint8Array.from(Buffer.from(carried.key, 'hex'))),
    signed_values: [
      { nature: 'End', plain_data: '11.110 kWh', signed_data: base64(carried.record) },
    ],
  },
  ...over,
})

const oicp = (carried: Carried) => ({
  SessionID: 'f98efba4-02d8-4fa0-b810-9a9d50d2c527',
  CPOPartnerSessionID: carried.transaction,
  EvseID: 'DE*EIL*E0001*1',
  ChargingStart: '2025-03-14T09:00:00Z',
  ChargingEnd: '2025-03-14T09:30:00Z',
  SessionStart: '2025-03-14T09:00:00Z',
  SessionEnd: '2025-03-14T09:30:00Z',
  ConsumedEnergy: 11.11,
  SignedMeteringValues: [{ SignedMeteringValue: carried.record, MeteringStatus: 'End' }],
  CalibrationLawVerificationInfo: {
    PublicKey: carried.key,
    MeteringSignatureEncodingFormat: 'UTF-8',
  },
})

/** By their names; each holds record and key once. */
export const ENVELOPES: Record<string, (carried: Carried) => string> = {
  'OCPP 1.6, JSON of the note in a value, frame': (c) =>
    text(frame('StopTransaction', stop(text(signed(c))))),
  'OCPP 1.6, first member called signedMeterValue': (c) => {
    const { signedMeterData, encodingMethod, publicKey } = signed(c)
    return text(
      frame(
        'StopTransaction',
        stop(text({ signedMeterValue: signedMeterData, encodingMethod, publicKey })),
      ),
    )
  },
  'OCPP 1.6, raw record, key in GetConfiguration': (c) =>
    text([
      [
        3,
        '1',
        {
          configurationKey: [
            { key: 'MeterPublicKey1', readonly: true, value: KEY_FORMS['oca, base16']?.(c.key) },
          ],
        },
      ],
      frame('StopTransaction', stop(c.record)),
    ]),
  'OCPP 1.6, base64 without JSON, key in DataTransfer': (c) =>
    text([
      frame('DataTransfer', {
        vendorId: 'generalConfiguration',
        messageId: 'setMeterConfiguration',
        data: text({
          meters: [
            { connectorId: 1, type: 'SIGNATURE', publicKey: c.key.replace(/(..)(?=.)/g, '$1 ') },
          ],
        }),
      }),
      frame('StopTransaction', stop(base64(c.record))),
    ]),
  'OCPP 1.6, JSON escaped once more': (c) =>
    text(frame('StopTransaction', stop(text(text(signed(c)))))),
  'OCPP 1.6, payload alone': (c) => text(stop(text(signed(c)))),
  'OCPP 1.6 over SOAP': (c) =>
    `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns="urn://Ocpp/Cs/2015/10/"><soap:Body><stopTransactionRequest><transactionId>4711</transactionId><transactionData><sampledValue><value>${escaped(text(signed(c)))}</value><format>SignedData</format><context>Transaction.End</context></sampledValue></transactionData></stopTransactionRequest></soap:Body></soap:Envelope>`,
  'OCPP 2.0.1, frame': (c) => text(frame('TransactionEvent', event(c, signed(c)))),
  'OCPP 2.0.1, raw record instead of base64': (c) =>
    text(frame('TransactionEvent', event(c, { ...signed(c), signedMeterData: c.record }))),
  'OCPP 2.0.1, the same record at begin and end': (c) => {
    const both = event(c, signed(c))
    const [values] = both.meterValue
    const begin = { ...values?.sampledValue[0], context: 'Transaction.Begin' }
    return text(
      frame('TransactionEvent', {
        ...both,
        meterValue: [values, { ...values, sampledValue: [begin] }],
      }),
    )
  },
  'OCPP 2.0.1, key in a variable': (c) =>
    text([
      frame('NotifyReport', {
        reportData: [
          {
            component: { name: 'FiscalMetering' },
            variable: { name: 'PublicKey' },
            variableAttribute: [{ value: KEY_FORMS['oca, base16']?.(c.key) }],
          },
        ],
      }),
      frame('TransactionEvent', event(c, { ...signed(c), publicKey: '' })),
    ]),
  'OCPP 2.1, without the members that may be left out': (c) => {
    const { signedMeterData, encodingMethod, publicKey } = signed(c)
    return text([
      6,
      '7',
      'TransactionEvent',
      event(c, { signedMeterData, encodingMethod, publicKey }),
    ])
  },
  'a list of logged messages': (c) =>
    text([
      {
        timestamp: '2025-03-14T09:30:05Z',
        direction: 'in',
        message: text(frame('TransactionEvent', event(c, signed(c)))),
      },
      { timestamp: '2025-03-14T09:30:06Z', direction: 'out', message: [3, '19223201', {}] },
    ]),
  'JSON Lines': (c) =>
    [
      text({ time: 1, message: [3, '1', { status: 'Accepted' }] }),
      text({ time: 2, message: frame('TransactionEvent', event(c, signed(c))) }),
      '',
    ].join('\n'),
  'a log with prefixes': (c) =>
    [
      '2025-03-14 09:30:04,112 INFO  CP_1 >> [2,"1","Heartbeat",{}]',
      `2025-03-14 09:30:05,000 INFO  CP_1 << ${text(frame('StopTransaction', stop(text(signed(c)))))}`,
      '2025-03-14 09:30:06,000 INFO  CP_1 >> [3,"1",{"currentTime":"2025-03-14T09:30:06Z"}]',
      '',
    ].join('\n'),
  'a log with frames over several lines': (c) =>
    `DEBUG received:\n${JSON.stringify(frame('TransactionEvent', event(c, signed(c))), null, 2)}\nDEBUG sent [3, "19223201", {}]\n`,
  'a dump of Python': (c) =>
    `INFO:ocpp:CP_1: receive message [2, '1', 'TransactionEvent', ${python(event(c, signed(c)))}]\n`.replace(
      "'Ended'",
      "<TransactionEventEnumType.ended: 'Ended'>",
    ),
  'a session record of a station': (c) =>
    text({
      transaction_id: c.transaction,
      signed_meter_value_stop: {
        signed_meter_data: c.record,
        signing_method: '',
        encoding_method: 'OCMF',
        public_key: c.key,
        timestamp: '2025-03-14T09:30:05Z',
      },
    }),
  'OCPI, a CDR alone': (c) => text(cdr(c)),
  'OCPI, an answer with a list': (c) =>
    text({ data: [cdr(c)], status_code: 1000, timestamp: '2025-03-15T00:00:00Z' }),
  'OCPI, raw text instead of base64': (c) =>
    text(
      cdr(c, {
        signed_data: {
          encoding_method: 'ocmf',
          encoding_method_version: '1.0',
          public_key: c.key,
          signed_values: [{ nature: 'END', plain_data: '', signed_data: c.record }],
        },
      }),
    ),
  'OCPI, the record in plain_data': (c) =>
    text({
      encoding_method: 'OCMF',
      public_key: c.key,
      signed_values: [{ nature: 'End', plain_data: c.record, signed_data: '' }],
    }),
  'OCPI, JSON Lines': (c) =>
    `${text(cdr(c))}\n${text(cdr(c, { id: 'CDR-2', signed_data: undefined, total_energy: 1, session_id: 'other' }))}\n`,
  'OICP, a CDR alone': (c) => text(oicp(c)),
  'OICP, a page of CDRs': (c) => text({ content: [oicp(c)], number: 0, size: 1 }),
}
