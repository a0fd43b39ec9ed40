import type { ways as german } from '../de/ways.ts'

export const ways: Record<keyof typeof german, string> = {
  'list.copy': 'same data as {input}',
  'list.copy.short': 'twice',

  'unlock.action': 'Enter password',
  'unlock.title': 'Open a protected file',
  'unlock.text':
    '{name} is protected with a password. Often it is in the e-mail that the file came with. It is used for this check only and kept nowhere.',
  'unlock.password': 'Password',
  'unlock.show': 'Show password',
  'unlock.open': 'Open',
  'unlock.wrong': 'This password does not open the file.',
  'unlock.next': 'The file is protected with a password. Enter it, and the file is checked.',
  'unlock.archive':
    'The file is in an archive that is protected with a password. Unpack the archive, and check the file out of it.',

  'camera.start': 'Camera',
  'camera.stop': 'Close camera',
  'camera.title': 'Read a code with the camera',
  'camera.text':
    'Hold the QR code of your receipt or of the key still, and all of it in the picture. If several codes belong together, then all at once. The picture stays on this device.',
  'camera.name': 'Camera picture',
  'camera.picture': 'Picture of the camera',
  'camera.looking': 'Looking for a code …',
  'camera.which': 'Camera',
  'camera.any': 'the default one',
  'camera.denied':
    'The camera may not be used. Allow it in the settings of the system or the browser, or take a photo.',
  'camera.none': 'There is no camera on this device.',
  'camera.busy': 'Another program uses the camera.',
  'camera.failed': 'The camera could not be opened.',
  'photo.choose': 'Choose photo',
  'photo.hint': 'A photo can also be dropped or pasted here.',
  'photo.reading': 'Reading the picture …',
  'photo.several': 'The picture shows {count} keys. Which one is meant?',
  'photo.no-key': 'There is no key to be seen in it.',
  'photo.no-picture': 'This is no photo. Only what stands on the station is confirmed.',
  'photo.receipt':
    'The picture shows metering data, so it is a receipt. Only what stands on the station is confirmed.',
  'confirm.how.scanned': 'Photo or camera',
  'confirm.how.scanned.text': 'Where there is a code beside the key',
  'confirm.in-photo': 'In the photo',
  'confirm.other': 'This is another key than in the data.',
}
