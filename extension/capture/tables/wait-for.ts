import { bounds } from "./bounds.ts";

/**
 * Waits until `look` finds something: at once, and again whenever the document has changed and is quiet. Null when it found
 * nothing within `withinMs`. A page that never is quiet is looked at all the same. Rejects when `look` throws.
 */
export const waitFor = <Found>(
	document: Document,
	look: () => Found | null,
	withinMs: number,
): Promise<Found | null> => {
	const at = look();
	if (at !== null || document.body === null) return Promise.resolve(at);
	return new Promise((resolve, reject) => {
		let quiet: ReturnType<typeof setTimeout> | undefined;
		const stop = (): void => {
			observer.disconnect();
			clearTimeout(quiet);
			clearTimeout(limit);
		};
		const lookAgain = (isLast: boolean): void => {
			quiet = undefined;
			try {
				const found = look();
				if (found === null && !isLast) return;
				stop();
				resolve(found);
			} catch (error) {
				stop();
				reject(error instanceof Error ? error : new Error(String(error)));
			}
		};
		const observer = new MutationObserver(() => {
			// Not put off by every further change: a ticking clock would put it off for ever.
			quiet ??= setTimeout(() => lookAgain(false), bounds.quietMs);
		});
		const limit = setTimeout(() => lookAgain(true), withinMs);
		observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
	});
};
