import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { type Zippable, zipSync } from "fflate";

/** Zip has no time zone and begins here. A package says when its release is from, not when it was packed. */
const when = new Date(1980, 0, 1);

/**
 * A folder as a zip that is the same bytes whenever and wherever it is packed: names in order, one time for all, no attributes of the
 * file system.
 */
export function packFolder(folder: string): Uint8Array {
	const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => statSync(`${folder}/${name}`).isFile())
		.map((name) => name.replaceAll("\\", "/"))
		.toSorted();
	const files: Zippable = {};
	for (const name of names)
		files[name] = [readFileSync(`${folder}/${name}`), { level: 9, mtime: when, os: 3, attrs: 0 }];
	return zipSync(files);
}

export function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
