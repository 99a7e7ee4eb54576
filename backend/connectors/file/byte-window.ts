import type { OpenedFile } from "../files.ts";
import { FileTrouble } from "./trouble.ts";
import { type Encoding, type Units, unitsOf } from "./units.ts";

/** Bytes asked for at once, while nothing longer than that is looked for. */
export const usualChunkBytes = 256 * 1024;

/**
 * The part of a file that is looked at: it moves forward, grows while a piece does not end in it, and is never more. Each growth at least
 * doubles it, so that a long piece is looked through a few times and not for every read anew.
 */
export class ByteWindow {
	units: Units = new Uint8Array();
	isAtEnd = false;
	readonly #file: OpenedFile;
	readonly #encoding: Encoding;
	readonly #chunkBytes: number;
	/** Of the first unit, in the file. */
	#offset = 0;
	#nextOffset = 0;

	constructor(file: OpenedFile, encoding: Encoding, chunkBytes: number = usualChunkBytes) {
		this.#file = file;
		this.#encoding = encoding;
		this.#chunkBytes = Math.max(chunkBytes - (chunkBytes % encoding.width), encoding.width);
	}

	/** @throws FileTrouble */
	async openAt(offset: number): Promise<void> {
		this.#offset = offset;
		this.#nextOffset = offset;
		this.units = unitsOf(new Uint8Array(), this.#encoding);
		this.isAtEnd = offset >= this.#file.byteSize;
		await this.grow(0);
	}

	/** Lets go of what is before `keepFrom`, which is then the first unit, and reads on. @throws FileTrouble */
	async grow(keepFrom: number): Promise<void> {
		if (this.isAtEnd) return;
		const { width } = this.#encoding;
		const kept = this.units.subarray(keepFrom);
		const length = Math.max(this.#chunkBytes, kept.length * width);
		const end = Math.min(this.#nextOffset + length, this.#file.byteSize);
		const bytes = await this.#file.read({ start: this.#nextOffset, end });
		if (bytes === null || bytes.length !== end - this.#nextOffset) throw new FileTrouble({ kind: "store" });
		const more = unitsOf(bytes, this.#encoding);
		const units = width === 1 ? new Uint8Array(kept.length + more.length) : new Uint16Array(kept.length + more.length);
		units.set(kept);
		units.set(more, kept.length);
		this.#offset += keepFrom * width;
		this.#nextOffset = end;
		this.units = units;
		this.isAtEnd = end >= this.#file.byteSize;
	}

	/** Where in the file a position among the units is. */
	offsetOf(at: number): number {
		return this.#offset + at * this.#encoding.width;
	}
}
