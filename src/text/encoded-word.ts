/** RFC 2047 encoded words (`=?utf-8?q?J=C3=B6rg?=`), as far as Go's `mime.WordDecoder` accepts them. */

export type EncodedWord =
  | { readonly kind: 'text'; readonly text: string }
  /** No encoded word, or a broken one: it stands for itself. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'unknown-charset'; readonly charset: string };

/** Never throws. */
export function decodeEncodedWord(word: string): EncodedWord {
  if (word.length < 8 || !word.startsWith('=?') || !word.endsWith('?=') || word.split('?').length !== 5)
    return { kind: 'plain' };
  const [charset, encoding, text] = word.slice(2, -2).split('?') as [string, string, string];
  if (charset === '') return { kind: 'plain' };
  const bytes = /^[bB]$/.test(encoding) ? base64(text) : /^[qQ]$/.test(encoding) ? quotedPrintable(text) : undefined;
  if (bytes === undefined) return { kind: 'plain' };
  switch (charset.toLowerCase()) {
    case 'utf-8':
      return { kind: 'text', text: bytes.toString('utf8') };
    case 'iso-8859-1':
      return { kind: 'text', text: bytes.toString('latin1') };
    case 'us-ascii':
      return { kind: 'text', text: bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd') };
    default:
      return { kind: 'unknown-charset', charset: charset.toLowerCase() };
  }
}

function base64(text: string): Buffer | undefined {
  const compact = text.replace(/[\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return Buffer.from(compact, 'base64');
}

function quotedPrintable(text: string): Buffer | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '_') bytes.push(0x20);
    else if (character === '=') {
      const hex = text.slice(at + 1, at + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return undefined;
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else if (/[\x20-\x7e\t\r\n]/.test(character)) bytes.push(character.charCodeAt(0));
    else return undefined;
  }
  return Buffer.from(bytes);
}
