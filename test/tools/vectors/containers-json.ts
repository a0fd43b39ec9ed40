/**
 * JSON containers around OCMF: the container of PTB, and Charge Transparency Records that tools
 * export. What they say beside the signed record is compared, never taken over.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { json, spkiOf } from '../sign.ts'
import { CONTEXTS, type Members, num } from '../sign-ctr.ts'
import { METER_KEY, STRANGE_KEY, type VectorCase, beginRecord, endRecord } from './base.ts'

const GOOD = 'VERIFIED'
const ENERGY = '11.110 kWh'

function ptb(members: Members = {}): string {
  return json({
    format: 'ptb',
    formatVersion: '1.0',
    publicKey: toBase64(spkiOf(METER_KEY)),
    chargeboxIdentifier: 'DE*EIL*E0001*1',
    address: { street: 'Musterstraße 12', city: 'Musterstadt' },
    ocmfBegin: beginRecord(),
    ocmfEnd: endRecord(),
    ...members,
  })
}

/** A record as a tool exports it: values for people, the signed record beside each. */
function exported(values: readonly [string, string], members: Members = {}): string {
  const [begin, end] = values
  const value = (shown: string, raw: string, clock = '10:00') => ({
    timestamp: `2025-03-14T${clock}:00.000+01:00`,
    value: shown,
    result: { status: 'ValidSignature' },
    ocmfDocument: { raw, validationStatus: 'ValidSignature' },
  })
  return json({
    '@context': `${CONTEXTS}CTR+json`,
    chargingSessions: [
      {
        '@id': 'OCMF-4711',
        '@context': `${CONTEXTS}SessionSignatureFormats/OCMFv1.0+json`,
        EVSEId: 'DE*EIL*E0001*1',
        authorizationStart: { '@id': '1F2D3A4F', type: 'ISO14443' },
        measurements: [
          {
            energyMeterId: 'PZ0000001',
            unit: 'kWh',
            scale: num(0),
            values: [value(begin, beginRecord()), value(end, endRecord(), '10:30')],
          },
        ],
        verificationResult: { status: 'ValidSignature' },
        ...members,
      },
    ],
  })
}

export const JSON_CONTAINERS: readonly VectorCase[] = [
  {
    name: 'ptb-good',
    comment: 'Begin and end in the container of PTB, with their key',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-607/warning',
    keys: [],
    energy: ENERGY,
    input: ptb(),
  },
  {
    name: 'ptb-end-missing',
    comment: 'A container of PTB without the end is incomplete',
    expect: 'INCOMPLETE',
    finding: 'OCMF-802',
    input: ptb({ ocmfEnd: undefined }),
  },
  {
    name: 'ptb-same-twice',
    comment: 'One record as begin and end of a container is one record',
    expect: 'INCOMPLETE',
    finding: 'OCMF-802',
    input: ptb({ ocmfEnd: beginRecord() }),
  },
  {
    name: 'ptb-charge-point',
    comment: 'The charge point of the container contradicts the signed one',
    expect: GOOD,
    finding: 'REC-CONTRADICTS',
    input: ptb({ chargeboxIdentifier: 'DE*EVIL*E1*1' }),
  },
  {
    name: 'ptb-other-key',
    comment: 'The key of the container is not that of the meter',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 OCMF-607/warning',
    keys: [],
    input: ptb({ publicKey: toBase64(spkiOf(STRANGE_KEY)) }),
  },
  {
    name: 'ptb-no-record',
    comment: 'A text that is no record has its row',
    expect: ['UNREADABLE', 'INCOMPLETE'],
    finding: 'OCMF-001 OCMF-801',
    input: ptb({ ocmfBegin: 'gibt es nicht' }),
  },
  {
    name: 'ctr-export-good',
    comment: 'An exported record is verified by what the meter signed, not by its verdict',
    expect: GOOD,
    energy: ENERGY,
    input: exported(['1234.56', '1245.67']),
  },
  {
    name: 'ctr-export-no-key',
    comment: 'Its verdict does not help an exported record without a key',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE OCMF-517',
    keys: [],
    input: exported(['1234.56', '1245.67']),
  },
  {
    name: 'ctr-export-value',
    comment: 'The values that an exported record shows are not those that were signed',
    expect: 'UNREADABLE',
    energy: ENERGY,
    finding: 'REC-REPEATS',
    input: exported(['1234.56', '1545.67']),
  },
  {
    name: 'ctr-export-meter',
    comment: 'Meter and user of an exported record contradict the signed ones',
    expect: GOOD,
    finding: 'REC-CONTRADICTS',
    input: exported(['1234.56', '1245.67'], { authorizationStart: { '@id': 'FORGED' } }),
  },
]
