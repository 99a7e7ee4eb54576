import { createHash } from "node:crypto";

/** The same text for the same key, however it is kept: a person's 12 is a number, a captured "12" a text. */
export function keyText(key: readonly unknown[]): string {
	return JSON.stringify(
		key.map((cell) => {
			if (cell === null || cell === undefined || cell === "") return null;
			return typeof cell === "string" ? cell : JSON.stringify(cell);
		}),
	);
}

/**
 * A row has no id of its own that lasts. What is kept is where it was and a digest of its key: the place tells rows of the same key
 * apart, the digest finds the row again after people sorted, inserted or removed rows.
 *
 * @param row counted from 1, as the sheet shows it
 */
export function makeRowId(row: number, key: string): string {
	return `${row}.${digestOf(key)}`;
}

export function rowOfId(remoteId: string): number {
	return Number(remoteId.split(".")[0]);
}

export function digestOf(key: string): string {
	return createHash("sha256").update(key).digest("base64url").slice(0, 16);
}

export function digestOfId(remoteId: string): string {
	return remoteId.slice(remoteId.indexOf(".") + 1);
}
