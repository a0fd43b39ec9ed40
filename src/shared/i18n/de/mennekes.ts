/** Befunde zu den Ladevorgängen von Mennekes, deutsch. */
import type { MennekesCode } from '../../model/findings-mennekes.ts'

export const mennekes: Record<MennekesCode, string> = {
  'MENNEKES-ELEMENT':
    'Im Ladevorgang fehlt die Angabe „{field}“, aus der die signierten Daten entstehen.',
  'MENNEKES-VALUE': 'Die Angabe „{field}“ ist nicht lesbar: „{found}“.',
}
