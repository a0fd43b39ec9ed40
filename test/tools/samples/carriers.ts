/**
 * Samples of files that hold other files, in `assets/samples/carriers/`.
 *
 * @module
 */
import { bzip2, gzip, tar, zip } from '../archives.ts'
import { mail } from '../mails.ts'
import { block, broken, pdf } from '../pdf-files.ts'
import { json, keyHex, literal, ocmf, pem, throwAwayKey, valuesXml } from '../sign.ts'
import { SVG_WAYS, beside, bmp, gif, pixels, png, qrCode, webp } from '../pictures.ts'
import { jpeg } from '../jpeg.ts'
import type { Sample } from './sample.ts'

const KEY = throwAwayKey('secp256r1', 'sample station 11')

const reading = (letter: string, time: string, value: string) => ({
  TM: `2025-08-30T${time},000+0200 S`,
  TX: letter,
  RV: literal(value),
  RI: '1-0:1.8.0',
  RU: 'kWh',
  EF: '',
  ST: 'G',
})

const RECORD = ocmf(
  json({
    FV: '1.4',
    GI: 'Mustermann Ladetechnik Gateway 2',
    GS: 'GW-MM-4711',
    PG: 'T114',
    MS: 'MM-4711',
    IS: true,
    IL: 'TRUSTED',
    IF: ['RFID_PLAIN'],
    IT: 'ISO14443',
    ID: '04A1B2C3D4E5F6',
    CT: 'EVSEID',
    CI: 'DE*EIL*E4711*1',
    RD: [reading('B', '09:12:44', '5120.310'), reading('E', '10:41:07', '5142.885')],
  }),
  { key: KEY },
)

/** One session, in everything it may come in. */
const SESSION = {
  record: RECORD,
  xml: valuesXml([{ data: RECORD, keys: [keyHex(KEY)], transaction: '1011', format: 'OCMF' }]),
  key: { pem: pem(KEY), hex: keyHex(KEY) },
}

async function carrierFiles({
  record,
  xml,
  key,
}: typeof SESSION): Promise<Record<string, string | Uint8Array>> {
  const files = { 'messdaten.ocmf': record, 'schluessel.pem': key.pem }
  const archive = tar(Object.entries(files).map(([name, content]) => ({ name, content })))
  const [data, keyCode] = [await qrCode(record), await qrCode(key.hex)]
  const photo = beside([pixels(data, 3), pixels(keyCode, 3)])
  const small = beside([pixels(data, 2), pixels(keyCode, 2)], 16)
  const page = (...lines: string[]) => block(['Ladestrom Musterstadt', '', ...lines], 40, 60)
  const invoice = await pdf({
    pages: [{ texts: page('Rechnung 2025-0815', 'Die Messdaten sind dieser Datei beigefügt.') }],
    attachments: { 'messdaten.xml': xml },
  })
  return {
    'archive.zip': zip(files),
    'archive.tar': archive,
    'archive.tgz': gzip(archive),
    'archive.tar.bz2': bzip2(archive),
    'packed.gz': gzip(xml),
    'nested.zip': zip({ 'august.zip': zip(files), 'liesmich.txt': 'Ihre Messdaten für August.' }),
    'invoice-data.pdf': invoice,
    'invoice-text.pdf': await pdf({
      pages: [
        {
          texts: page(
            'Signierte Messdaten:',
            '',
            ...broken(record, 90),
            '',
            'Schlüssel:',
            ...broken(key.hex, 64),
          ),
        },
      ],
    }),
    'invoice-two-pages.pdf': await pdf({
      pages: [
        {
          texts: [
            ...page('Signierte Messdaten:', ''),
            ...block(broken(record, 90).slice(0, 3), 40, 760),
            ...block(['Seite 1 von 2'], 480, 820),
          ],
        },
        {
          texts: page(...broken(record, 90).slice(3), '', 'Schlüssel:', ...broken(key.hex, 64)),
        },
      ],
    }),
    'invoice-code.pdf': await pdf({
      pages: [
        { texts: page('Rechnung 2025-0816'), drawn: { code: data, x: 40, y: 120, side: 170 } },
      ],
      attachments: { 'schluessel.txt': key.hex },
    }),
    'mail.eml': mail({
      text: 'Guten Tag,\nanbei Ihre Rechnung und die Messdaten.\n',
      attachments: { 'rechnung.pdf': invoice },
    }),
    'mailbox.mbox': `From rechnung@example.com Mon Sep  1 08:00:00 2025\n${mail({
      text: `Ihre Messdaten:\n\n${record}\n\n${key.pem}`,
      encoding: 'quoted-printable',
    })}\n`,
    'codes.png': png(photo),
    'codes.bmp': bmp(small),
    'codes.gif': gif(small),
    'codes.jpg': jpeg(small),
    'codes.webp': await webp(small),
    'codes.svg': SVG_WAYS.path(await qrCode(xml)),
  }
}

/** What each shows, German and English. */
const SHOWS: Record<string, [german: string, english: string]> = {
  'archive.zip': ['ZIP-Archiv mit Datensatz und Schlüssel', 'ZIP archive with record and key'],
  'archive.tar': ['TAR-Archiv', 'TAR archive'],
  'archive.tgz': ['TAR-Archiv, gepackt mit gzip', 'TAR archive packed with gzip'],
  'archive.tar.bz2': ['TAR-Archiv, gepackt mit bzip2', 'TAR archive packed with bzip2'],
  'packed.gz': ['einzelne Datei, gepackt mit gzip', 'one file packed with gzip'],
  'nested.zip': ['Archiv im Archiv', 'archive in an archive'],
  'invoice-data.pdf': ['Rechnung mit eingebetteter XML-Datei', 'invoice with an embedded XML file'],
  'invoice-text.pdf': [
    'Rechnung mit dem Datensatz im Text, über mehrere Zeilen umbrochen',
    'invoice with the record in its text, broken over several lines',
  ],
  'invoice-two-pages.pdf': [
    'Rechnung, auf deren zweiter Seite der Datensatz endet',
    'invoice on whose second page the record ends',
  ],
  'invoice-code.pdf': ['Rechnung mit gezeichnetem QR-Code', 'invoice with a drawn QR code'],
  'mail.eml': ['E-Mail mit der Rechnung im Anhang', 'mail with the invoice attached'],
  'mailbox.mbox': [
    'Postfach; der Datensatz steht im Text',
    'mailbox; the record stands in the text',
  ],
  'codes.png': ['QR-Codes mit Datensatz und Schlüssel, PNG', 'QR codes with record and key, PNG'],
  'codes.bmp': ['dasselbe als BMP', 'the same as BMP'],
  'codes.gif': ['dasselbe als GIF', 'the same as GIF'],
  'codes.jpg': ['dasselbe als JPEG', 'the same as JPEG'],
  'codes.webp': ['dasselbe als WebP', 'the same as WebP'],
  'codes.svg': ['QR-Code als Zeichnung, SVG', 'QR code as a drawing, SVG'],
}

export const CARRIER_SAMPLES: readonly Sample[] = Object.entries(await carrierFiles(SESSION)).map(
  ([name, content]) => {
    const [german = '', english = ''] = SHOWS[name] ?? []
    return {
      files: { [`carriers/${name}`]: content },
      expect: ['VALID_KEY_UNCONFIRMED'],
      energy: ['22.575 kWh'],
      german,
      english,
    }
  },
)
