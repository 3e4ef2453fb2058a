// Archives that no honest program makes: entries with whatever name they are given.

export interface TarEntry {
  name: string;
  content?: string;
  /** Makes it a symbolic link. */
  linkTo?: string;
}

const BLOCK_BYTES = 512;

/** Where the fields of a header begin (`tar.h`, ustar). */
const AT = {
  name: 0,
  mode: 100,
  owner: 108,
  group: 116,
  size: 124,
  time: 136,
  checksum: 148,
  type: 156,
  link: 157,
  magic: 257,
};

function header({ name, content = "", linkTo }: TarEntry): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(name, AT.name);
  block.write(octal(0o644, 7), AT.mode);
  block.write(octal(0, 7), AT.owner);
  block.write(octal(0, 7), AT.group);
  block.write(octal(content.length, 11), AT.size);
  block.write(octal(0, 11), AT.time);
  block.write(linkTo === undefined ? "0" : "2", AT.type);
  block.write(linkTo ?? "", AT.link);
  block.write("ustar\x0000", AT.magic, "latin1");
  // The sum is taken with spaces in its own place.
  block.write("        ", AT.checksum);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, AT.checksum);
  return block;
}

/** The bytes of an archive. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? "");
    const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
    return [header(entry), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK_BYTES)]);
}
