import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

/** One file of an archive; `read` gives undefined when it is damaged or unpacks to more than `maxBytes`. */
export interface ZipEntry {
  name: string;
  read(maxBytes: number): Promise<Buffer | undefined>;
}

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 65_535;
const STORED = 0;
const DEFLATED = 8;

const inflate = promisify(inflateRaw);

/** The files of an archive by its own list, or undefined when it is none. Nothing is unpacked yet. */
export function readZip(bytes: Buffer): ZipEntry[] | undefined {
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY_MARK) return undefined;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.push({ name, read: createRead(bytes, at) });
    at += ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The list stands before the end, behind which there may be a comment. */
function findEnd(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END_MARK) return at;
  }
  return undefined;
}

function createRead(bytes: Buffer, at: number): ZipEntry['read'] {
  const method = bytes.readUInt16LE(at + 10);
  const packedBytes = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  return async (maxBytes) => {
    if (local + LOCAL_BYTES > bytes.length) return undefined;
    const from = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + packedBytes);
    if (method === STORED) return packed.length <= maxBytes ? packed : undefined;
    if (method !== DEFLATED) return undefined;
    // What the list says of its size may be a lie: the limit has to hold while it is unpacked.
    return inflate(packed, { maxOutputLength: maxBytes }).catch(() => undefined);
  };
}
