/** Bytes as text the way Go reads them. */

const FATAL = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8, a byte order mark kept; each byte that belongs to no character becomes one U+FFFD, as in Go. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return FATAL.decode(bytes);
  } catch {
    return decodeBroken(bytes);
  }
}

function decodeBroken(bytes: Uint8Array): string {
  let result = '';
  let at = 0;
  while (at < bytes.length) {
    const size = sequenceLength(bytes, at);
    result += size === 0 ? '\ufffd' : FATAL.decode(bytes.subarray(at, at + size));
    at += Math.max(size, 1);
  }
  return result;
}

/** Length of the well-formed character at an offset, 0 where there is none (RFC 3629, table of section 4). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + size > bytes.length) return 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1]! < low || bytes[at + 1]! > high) return 0;
  for (let next = at + 2; next < at + size; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 0;
  return size;
}
