import { bounds } from "./bounds.ts";

/**
 * Waits until `look` finds something: at once, and again whenever the document has changed and is quiet. Null when it found
 * nothing within `withinMs`. A page that never is quiet is looked at all the same.
 */
export const waitFor = <Found>(
	document: Document,
	look: () => Found | null,
	withinMs: number,
): Promise<Found | null> => {
	const at = look();
	if (at !== null || document.body === null) return Promise.resolve(at);
	return new Promise((resolve) => {
		let quiet: ReturnType<typeof setTimeout> | undefined;
		const end = (found: Found | null): void => {
			observer.disconnect();
			clearTimeout(quiet);
			clearTimeout(limit);
			resolve(found);
		};
		const again = (): void => {
			quiet = undefined;
			const found = look();
			if (found !== null) end(found);
		};
		const observer = new MutationObserver(() => {
			// Not put off by every further change: a ticking clock would put it off for ever.
			quiet ??= setTimeout(again, bounds.quietMs);
		});
		const limit = setTimeout(() => end(look()), withinMs);
		observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
	});
};
