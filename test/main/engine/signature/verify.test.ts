import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Backend, CanonicalCheck } from '../../../../src/main/engine/signature/backend.ts'
import { WHOLE_KINDS, curveParameters } from '../../../../src/main/engine/signature/curves.ts'
import {
  type CandidateKeys,
  candidateKeys,
  verifyClaim,
} from '../../../../src/main/engine/signature/verify.ts'
import type {
  DecodedRecord,
  Engines,
  KeyBook,
  KeyOffer,
  SignatureClaim,
} from '../../../../src/main/engine/types.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { looseFinding } from '../../../../src/shared/model/finding.ts'
import type { PublicKeyRef, TrustLevel } from '../../../../src/shared/model/key.ts'
import { publicKey } from '../../../tools/results.ts'

/** A key by its name; the engines below go by the second byte of the point. */
function key(name: string, over: Partial<PublicKeyRef> = {}): PublicKeyRef {
  const point = `04${toHex(Uint8Array.of(name.charCodeAt(0)))}${'00'.repeat(63)}`
  return publicKey({ fingerprint: `sha256:${name}`, origin: name, point, ...over })
}
const nameOf = ({ point }: CanonicalCheck) => String.fromCharCode(point[1] ?? 0)

function offer(...keys: PublicKeyRef[]): KeyOffer {
  return { reading: { kind: 'unknown', reason: 'length' }, keys, origin: 'offer' }
}

interface Asked {
  engine: string
  key: string
  text: string
}

/** An engine for which the signatures of some keys fit, and a list of what it was asked. */
function engine(name: string, fits: (check: CanonicalCheck) => boolean, asked: Asked[]): Backend {
  return {
    name,
    prepare: async () => {},
    supports: () => true,
    verify: (check) => {
      const text = new TextDecoder().decode(check.signedBytes)
      asked.push({ engine: name, key: nameOf(check), text })
      return fits(check)
    },
  }
}

function engines(fits: string, over: Partial<Record<'native' | 'noble', string>> = {}) {
  const asked: Asked[] = []
  const among = (names: string) => (check: CanonicalCheck) => names.includes(nameOf(check))
  const all: Engines = {
    reference: engine('noble', among(over.noble ?? fits), asked),
    fast: engine('native', among(over.native ?? fits), asked),
    both: true,
  }
  return { engines: all, asked }
}

const RAW = Uint8Array.from({ length: 64 }, (_, at) => at + 1)

function claim(over: Partial<SignatureClaim> = {}): SignatureClaim {
  return {
    declared: 'ECDSA-secp256r1-SHA256',
    algorithm: { curve: 'secp256r1', hash: 'SHA256' },
    hash: 'SHA256',
    signedBytes: new TextEncoder().encode('as signed'),
    variants: [],
    signature: RAW,
    repaired: null,
    ...over,
  }
}

const NO_KEYS: CandidateKeys = { bound: [], published: [], meant: [], trial: [] }

function book(over: Partial<KeyBook> = {}): KeyBook {
  return { given: [], offered: [], publishedFor: () => [], find: () => [], ...over }
}

interface Case {
  keys?: Partial<CandidateKeys>
  fits?: string
  over?: Partial<Record<'native' | 'noble', string>>
  claim?: Partial<SignatureClaim>
  broken?: boolean
  book?: Partial<KeyBook>
}

function verify({ keys, fits = '', over, claim: changed, broken = false, book: known }: Case) {
  const { engines: both, asked } = engines(fits, over)
  const check = verifyClaim(claim(changed), { ...NO_KEYS, ...keys }, broken, book(known), both)
  return { ...check, asked, keyName: check.key?.origin ?? null }
}

describe('nothing to check', () => {
  test.each([
    ['no signature', { signature: null }, 'unsigned'],
    ['a signature that cannot be read', { signature: 'unreadable' }, 'signature-unreadable'],
    ['a method nobody knows', { algorithm: null }, 'algorithm-unknown'],
  ] as const)('%s: no engine is asked, whatever keys there are', (_, changed, reason) => {
    const keys = { bound: [offer(key('A'))], meant: [key('B')] }
    const check = verify({ claim: changed, keys, fits: 'AB' })
    expect(check).toMatchObject({ status: 'unchecked', reason, key: null, asked: [] })
  })

  test('without a key the numbers of the signature are told', () => {
    const check = verify({})
    expect(check).toMatchObject({ status: 'unchecked', reason: 'no-key', key: null })
    expect(check.value?.r).toBe(BigInt(`0x${toHex(RAW.subarray(0, 32))}`))
  })

  test('with keys that cannot be used the reason is another', () => {
    expect(verify({ broken: true }).reason).toBe('no-usable-key')
  })

  test('a signature whose bytes are none says so before the missing key does', () => {
    const signature = Uint8Array.of(1, 2, 3)
    expect(verify({ claim: { signature } }).reason).toBe('signature-unreadable')
    const keys = { bound: [offer(key('A'))] }
    expect(verify({ claim: { signature }, keys })).toMatchObject({
      status: 'unchecked',
      reason: 'signature-unreadable',
      asked: [],
    })
  })
})

describe('the order of the keys', () => {
  const keys = {
    bound: [offer(key('A')), offer(key('B'))],
    published: [key('C')],
    meant: [key('D')],
    trial: [key('E')],
  }

  test('those of the record first, then published ones, those meant for it, and the rest', () => {
    const { tried, asked, status } = verify({ keys })
    expect(tried.map(({ origin }) => origin)).toEqual(['A', 'B', 'C', 'D'])
    const order = asked.filter(({ engine: name }) => name === 'native').map((one) => one.key)
    expect(order).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(status).toBe('invalid')
  })

  test('the first that fits is the one, and no other is asked', () => {
    const { asked, keyName } = verify({ keys: { meant: [key('A'), key('B')] }, fits: 'AB' })
    expect(keyName).toBe('A')
    expect(new Set(asked.map((one) => one.key))).toEqual(new Set(['A']))
  })

  test('one key offered several times is asked once, as its best source knows it', () => {
    const twice = { bound: [offer(key('A'))], meant: [key('A', { trust: 'K4' })] }
    const { asked, key: used, status } = verify({ keys: twice, fits: 'A' })
    expect(asked.map(({ engine: name }) => name)).toEqual(['native', 'noble'])
    expect({ status, trust: used?.trust }).toEqual({ status: 'valid', trust: 'K4' })
  })

  test('what the key book knows of a key counts, and never less than the key said', () => {
    const find = () => [key('A', { trust: 'K3', origin: 'register' })]
    const found = verify({ keys: { bound: [offer(key('A'))] }, fits: 'A', book: { find } })
    expect(found.key).toMatchObject({ trust: 'K3', origin: 'register' })
    const better = offer(key('A', { trust: 'K4' }))
    expect(verify({ keys: { bound: [better] }, fits: 'A', book: { find } }).key?.trust).toBe('K4')
  })

  test('where none fits, the first that should have is named', () => {
    const find = () => [key('A', { trust: 'K3' })]
    const check = verify({ keys: { bound: [offer(key('A'))], meant: [key('B')] }, book: { find } })
    expect(check).toMatchObject({ status: 'invalid', reason: 'mismatch', keyName: 'A' })
    expect(check.key?.trust).toBe('K3')
    expect(check.engines).toEqual(['native', 'noble'])
  })
})

describe('keys that contradict each other', () => {
  const contradiction = (boundTrust: TrustLevel, fitTrust: TrustLevel) =>
    verify({
      keys: {
        bound: [offer(key('A', { trust: boundTrust }))],
        meant: [key('B', { trust: fitTrust })],
      },
      fits: 'B',
    })

  test.each([
    ['K1', 'K1', 'invalid'],
    ['K1', 'K2', 'invalid'],
    ['K1', 'K3', 'valid'],
    ['K1', 'K4', 'valid'],
    ['K2', 'K3', 'valid'],
    ['K3', 'K1', 'invalid'],
    ['K3', 'K3', 'invalid'],
    ['K3', 'K4', 'valid'],
    ['K4', 'K3', 'invalid'],
    ['K4', 'K4', 'invalid'],
  ] as const)(
    'the record is given a key of trust %s, another of trust %s fits: %s',
    (boundTrust, fitTrust, status) => {
      const check = contradiction(boundTrust, fitTrust)
      const reason = status === 'valid' ? 'fits' : 'other-key-fits'
      expect(check).toMatchObject({ status, reason, keyName: 'B' })
      expect(check.contradicted.map(({ origin }) => origin)).toEqual(['A'])
    },
  )

  test('the key published for the meter does not fit, the one of the file does', () => {
    const keys = { bound: [offer(key('A'))], published: [key('P', { trust: 'K3' })] }
    const check = verify({ keys, fits: 'A' })
    expect(check).toMatchObject({ status: 'invalid', reason: 'other-key-fits', keyName: 'A' })
    expect(check.contradicted.map(({ origin }) => origin)).toEqual(['P'])
  })

  test('one of several published keys is enough, as after an exchange of the meter', () => {
    const published = [key('P', { trust: 'K3' }), key('Q', { trust: 'K3' })]
    const check = verify({ keys: { published }, fits: 'Q' })
    expect(check).toMatchObject({ status: 'valid', keyName: 'Q', contradicted: [] })
  })

  test('a bare point that may lie on two curves contradicts nothing if one of them fits', () => {
    const keys = { bound: [offer(key('A'), key('B'))] }
    expect(verify({ keys, fits: 'B' })).toMatchObject({ status: 'valid', contradicted: [] })
  })

  test('keys that were only tried contradict nothing', () => {
    const keys = { meant: [key('A')], trial: [key('B'), key('C')] }
    expect(verify({ keys, fits: 'C' })).toMatchObject({ status: 'valid', contradicted: [] })
  })

  test('a key that the user gave for everything and that is not needed is told', () => {
    const given = [key('G', { trust: 'K4' })]
    const keys = { bound: [offer(key('A'))], meant: given }
    const check = verify({ keys, fits: 'A', book: { given } })
    expect(check).toMatchObject({ status: 'valid', keyName: 'A' })
    expect(check.unused.map(({ origin }) => origin)).toEqual(['G'])
    expect(verify({ keys, fits: 'G', book: { given } }).unused).toEqual([])
    expect(verify({ keys, fits: '', book: { given } }).unused).toEqual([])
  })
})

describe('engines that disagree', () => {
  const keys = { bound: [offer(key('A'))] }

  test.each([
    ['native', { native: 'A', noble: '' }],
    ['noble', { native: '', noble: 'A' }],
  ])('only %s says valid: nothing is said', (_, over) => {
    const check = verify({ keys, over })
    expect(check).toMatchObject({
      status: 'unchecked',
      reason: 'engines-disagree',
      engines: ['native', 'noble'],
      keyName: 'A',
    })
  })

  test('never is a signature valid over which two engines disagree', () => {
    const names = fc.subarray(['A', 'B', 'C', 'D']).map((list) => list.join(''))
    const list = fc.subarray(['A', 'B', 'C', 'D'])
    fc.assert(
      fc.property(names, names, list, list, list, (native, noble, bound, meant, trial) => {
        const found = verify({
          over: { native, noble },
          keys: {
            bound: bound.map((name) => offer(key(name))),
            meant: meant.map((name) => key(name)),
            trial: trial.map((name) => key(name)),
          },
        })
        const fitting = found.keyName ?? ''
        const agreed = native.includes(fitting) && noble.includes(fitting)
        expect(found.status !== 'valid' || agreed).toBe(true)
        const first = [...bound, ...meant, ...trial].find(
          (name) => native.includes(name) || noble.includes(name),
        )
        const split = first !== undefined && native.includes(first) !== noble.includes(first)
        expect(found.reason === 'engines-disagree').toBe(split)
      }),
      { numRuns: 300 },
    )
  })

  test('where no key fits, one that should have makes it invalid, and none leaves it open', () => {
    const trust = fc.constantFrom<TrustLevel>('K1', 'K2', 'K3', 'K4')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), trust)), (list) => {
        const offered = list.map(([name, level]) => key(name, { trust: level }))
        const found = verify({ keys: { bound: offered.map((one) => offer(one)), meant: offered } })
        expect(found.status).toBe(list.length === 0 ? 'unchecked' : 'invalid')
      }),
    )
  })
})

describe('other bytes that the signature may cover', () => {
  const trimmed = { bytes: () => new TextEncoder().encode('trimmed') }
  const passing = { ...trimmed, finding: looseFinding('OCMF-016', {}), passes: true }
  const explaining = { ...trimmed, finding: looseFinding('OCMF-015', {}), passes: false }
  const keys = { bound: [offer(key('A'))] }

  function verifyOver(text: string, variants: SignatureClaim['variants']) {
    const asked: Asked[] = []
    const fits = (check: CanonicalCheck) => new TextDecoder().decode(check.signedBytes) === text
    const all = { reference: engine('noble', fits, asked), fast: null, both: false }
    return {
      ...verifyClaim(claim({ variants }), { ...NO_KEYS, ...keys }, false, book(), all),
      asked,
    }
  }

  test('are not made where the bytes as received fit', () => {
    const bytes = () => {
      throw new Error('made')
    }
    const check = verifyOver('as signed', [{ ...passing, bytes }])
    expect(check).toMatchObject({ status: 'valid', variant: null })
  })

  test('pass where the format allows it, and say so', () => {
    expect(verifyOver('trimmed', [passing])).toMatchObject({ status: 'valid', variant: passing })
  })

  test('only explain a failure where it does not', () => {
    expect(verifyOver('trimmed', [explaining])).toMatchObject({
      status: 'invalid',
      reason: 'mismatch',
      variant: null,
      explanation: { code: 'OCMF-015' },
    })
    expect(verifyOver('another', [explaining, passing])).toMatchObject({
      status: 'invalid',
      explanation: null,
    })
  })
})

describe('a signature text that had to be mended', () => {
  const repaired = { signature: RAW, finding: looseFinding('OCMF-509', {}) }
  const changed = { signature: 'unreadable', repaired } as const

  test('counts where it then fits', () => {
    const check = verify({ keys: { bound: [offer(key('A'))] }, fits: 'A', claim: changed })
    expect(check).toMatchObject({ status: 'valid', repaired: { code: 'OCMF-509' } })
  })

  test('accuses nobody where it does not', () => {
    const check = verify({ keys: { bound: [offer(key('A'))] }, claim: changed })
    expect(check).toMatchObject({ status: 'unchecked', reason: 'signature-unreadable' })
  })
})

describe('the method', () => {
  test('is that of the key where the record names another, with the hash of the record', () => {
    const other = key('A', { curve: 'secp256k1' })
    const check = verify({
      keys: { bound: [offer(other)] },
      fits: 'A',
      claim: { hash: 'SHA512', algorithm: { curve: 'secp256r1', hash: 'SHA512' } },
    })
    expect(check.algorithm).toEqual({ curve: 'secp256k1', hash: 'SHA512' })
    expect(check.declaredAlgorithm).toEqual({ curve: 'secp256r1', hash: 'SHA512' })
    expect(check.status).toBe('valid')
  })

  test('of a key that hashes by itself has no hash', () => {
    const check = verify({
      keys: { bound: [offer(key('A', { curve: 'ed25519', point: `0041${'00'.repeat(30)}` }))] },
      fits: 'A',
      claim: { signature: new Uint8Array(WHOLE_KINDS.ed25519.signatureBytes) },
    })
    expect(check).toMatchObject({ status: 'valid', algorithm: { curve: 'ed25519', hash: null } })
  })

  test('of a key whose signatures have another length cannot fit, and no engine is asked', () => {
    const point = `0041${'00'.repeat(55)}`
    const check = verify({
      keys: { bound: [offer(key('A', { curve: 'ed448', point }))] },
      fits: 'A',
    })
    expect(check).toMatchObject({ status: 'invalid', reason: 'mismatch', asked: [] })
  })
})

describe('numbers out of range', () => {
  const { n } = curveParameters('secp256r1')
  const octets = (value: bigint) => value.toString(16).padStart(64, '0')
  const raw = (r: bigint, s: bigint) => Uint8Array.from(Buffer.from(octets(r) + octets(s), 'hex'))

  test.each([
    ['r is 0', 0n, 1n],
    ['s is 0', 1n, 0n],
    ['r is the group order', n, 1n],
    ['s is the group order', 1n, n],
    ['s is above it', 1n, n + 1n],
  ])('%s: no engine is asked, the signature is invalid', (_, r, s) => {
    const keys = { bound: [offer(key('A'))] }
    const check = verify({ keys, fits: 'A', claim: { signature: raw(r, s) } })
    expect(check).toMatchObject({ status: 'invalid', reason: 'out-of-range', asked: [] })
    expect(check.value).toMatchObject({ r, s })
  })

  test('the largest numbers are asked', () => {
    const keys = { bound: [offer(key('A'))] }
    const check = verify({ keys, fits: 'A', claim: { signature: raw(n - 1n, n - 1n) } })
    expect(check).toMatchObject({ status: 'valid', value: { highS: true } })
  })

  test('out of range for one curve and in range for another is a mismatch', () => {
    const wide = key('B', { curve: 'brainpoolP256r1' })
    const keys = { bound: [offer(key('A'), wide)] }
    const claimed = { signature: raw(curveParameters('brainpoolP256r1').n, 1n) }
    expect(verify({ keys, claim: claimed }).reason).toBe('mismatch')
  })
})

describe('which keys are asked for a record', () => {
  const file = (name: string) => key(name, { source: 'key-file', trust: 'K2' })
  const decoded = {
    record: { bytes: new Uint8Array(), origin: [], keys: [offer(key('R'))], hints: {} },
    embedded: [
      { offer: offer(key('S')), signed: true },
      { offer: offer(key('U')), signed: false },
    ],
    meter: { serial: null, vendor: null, model: null },
    gateway: { serial: 'G1', model: null },
    evse: 'E1',
  } as unknown as DecodedRecord

  const names = (keys: readonly PublicKeyRef[]) => keys.map(({ origin }) => origin)
  const around = (...own: PublicKeyRef[]) => ({ own, delivered: own })

  test('those of its file and under its signature must fit, those beside it are meant for it', () => {
    const { bound, meant } = candidateKeys(decoded, around(key('F')), book({ given: [key('G')] }))
    expect(bound.flatMap(({ keys }) => names(keys))).toEqual(['R', 'S'])
    expect(names(meant)).toEqual(['G', 'U', 'F'])
  })

  test('the one key of a delivery is meant for its records; of several, each may be for some', () => {
    const delivered = [file('K'), file('K')]
    const one = candidateKeys(decoded, { own: [], delivered }, book({}))
    expect(names(one.meant)).toEqual(['U', 'K'])
    const several = { own: [], delivered: [file('K'), file('L')] }
    const { meant, trial } = candidateKeys(decoded, several, book({ offered: [file('M')] }))
    expect(names(meant)).toEqual(['U', 'M'])
    expect(names(trial)).toEqual(['K', 'L', 'M'])
  })

  test('a single key file of the job is meant for its records, also if it comes twice', () => {
    const offered = [file('K'), key('C', { trust: 'K2' }), file('K')]
    const { meant, trial } = candidateKeys(decoded, around(), book({ offered }))
    expect(names(meant)).toEqual(['U', 'K'])
    expect(names(trial)).toEqual(['K', 'C', 'K'])
  })

  test('of several key files each may be for another station: they are only tried', () => {
    const { meant, trial } = candidateKeys(
      decoded,
      around(),
      book({ offered: [file('K'), file('L')] }),
    )
    expect(names(meant)).toEqual(['U'])
    expect(names(trial)).toEqual(['K', 'L'])
  })

  test('the book is asked for the meter, for the gateway where the meter has no number', () => {
    const asked: unknown[] = []
    const publishedFor: KeyBook['publishedFor'] = (identity) => {
      asked.push(identity)
      return []
    }
    candidateKeys(decoded, around(), book({ publishedFor }))
    const meter = { serial: 'M1', vendor: null, model: null }
    candidateKeys({ ...decoded, meter }, around(), book({ publishedFor }))
    expect(asked).toEqual([
      { meter: 'G1', evse: 'E1' },
      { meter: 'M1', evse: 'E1' },
    ])
  })

  test('one key file that does not fit makes the record invalid, several say nothing', () => {
    const one = candidateKeys(
      { ...decoded, embedded: [] },
      around(),
      book({ offered: [file('K')] }),
    )
    expect(verify({ keys: { ...one, bound: [] } }).reason).toBe('mismatch')
    const offered = [file('K'), file('L')]
    const two = candidateKeys({ ...decoded, embedded: [] }, around(), book({ offered }))
    expect(verify({ keys: { ...two, bound: [] } }).reason).toBe('no-key')
  })
})
