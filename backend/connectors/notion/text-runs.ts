/** Notion's limits of one text (request limits): characters of a run, and runs in an array. */
export const maxRunLength = 2_000;
export const maxRuns = 100;
export const maxTextLength = maxRunLength * maxRuns;

/** The text in pieces of at most 2,000 UTF-16 units; no emoji is cut in two. */
export function splitText(text: string): string[] {
	const pieces: string[] = [];
	for (let start = 0; start < text.length; ) {
		let end = Math.min(start + maxRunLength, text.length);
		if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
		pieces.push(text.slice(start, end));
		start = end;
	}
	return pieces;
}

function isHighSurrogate(unit: number): boolean {
	return unit >= 0xd800 && unit <= 0xdbff;
}

export type Run = { type: "text"; text: { content: string; link?: { url: string } }; annotations?: Annotations };
export type Annotations = { bold?: true; italic?: true; strikethrough?: true; code?: true };

/** Text without any marks. */
export function plainRuns(text: string): Run[] {
	return splitText(text).map((content) => ({ type: "text", text: { content } }));
}
