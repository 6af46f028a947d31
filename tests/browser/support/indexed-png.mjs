// A PNG with a palette: of what has few colours it is a third as large as what browsers write.
import { crc32, deflateSync } from "node:zlib";

const COLOURS = 256;

/** Writes points, four numbers for each as a canvas gives them, as a PNG with the 256 colours that are there most. */
export function indexedPng(width, height, points) {
  const counts = new Map();
  const at = (index) => (points[index] << 16) | (points[index + 1] << 8) | points[index + 2];
  for (let index = 0; index < points.length; index += 4) counts.set(at(index), (counts.get(at(index)) ?? 0) + 1);
  const palette = [...counts].sort(([, a], [, b]) => b - a).slice(0, COLOURS).map(([colour]) => colour);
  const nearest = new Map(palette.map((colour, index) => [colour, index]));
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const distance = (a, b) => parts(a).reduce((sum, part, index) => sum + (part - parts(b)[index]) ** 2, 0);
  for (const colour of counts.keys()) {
    if (nearest.has(colour)) continue;
    const best = palette.reduce((best, known, index) => (distance(colour, known) < distance(colour, palette[best]) ? index : best), 0);
    nearest.set(colour, best);
  }
  // Each row begins with its filter, of which flat colours need none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(at((y * width + x) * 4));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flatMap(parts))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named) >>> 0, named.length + 4);
  return whole;
}
