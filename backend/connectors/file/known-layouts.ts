import { type FileAt, type Layout, readLayout } from "./layout.ts";

/** As many files as are looked at in turn by a busy process; a layout is a few kilobytes. */
const atMost = 64;

/**
 * Layouts by the hash of their file's bytes, which never change: finding one out takes a read of the file's beginning, and of the whole file where
 * its entries name their own values. Losing it costs that again and nothing else. Whoever asks has opened the file before, so that nobody
 * learns of one that is not theirs.
 */
export class KnownLayouts {
	readonly #layouts = new Map<string, Layout>();

	/** @throws FileTrouble */
	async of(sha256: string, at: FileAt): Promise<Layout> {
		const key = `${sha256}/${at.name}`;
		const layout = this.#layouts.get(key) ?? (await readLayout(at));
		this.#layouts.delete(key);
		this.#layouts.set(key, layout);
		const [oldest] = this.#layouts.keys();
		if (this.#layouts.size > atMost && oldest !== undefined) this.#layouts.delete(oldest);
		return layout;
	}
}
