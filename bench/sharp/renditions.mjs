// The renditions of every photo in a folder, as the documentation of sharp has it: one pipeline
// a photo, cloned for each file. sharp shrinks JPEGs while it reads them, too.
//
//   node renditions.mjs PHOTOS OUT '[480, 960, 1600]' '{"webp": 78, "jpg": 80}'

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";

const [photos, out, widths, qualities] = process.argv.slice(2);
const { webp, jpg } = JSON.parse(qualities);

for (const name of (await readdir(photos)).sort()) {
  const upright = sharp(join(photos, name)).autoOrient();
  const made = JSON.parse(widths).flatMap((width) => {
    const file = (kind) => join(out, `${name.replace(/\..*$/, "")}-${width}.${kind}`);
    const scaled = () => upright.clone().resize({ width, withoutEnlargement: true });
    return [
      scaled().webp({ quality: webp }).toFile(file("webp")),
      scaled().jpeg({ quality: jpg }).toFile(file("jpg")),
    ];
  });
  await Promise.all(made);
}
