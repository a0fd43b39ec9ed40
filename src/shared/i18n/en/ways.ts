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
}
