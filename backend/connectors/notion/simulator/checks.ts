import { invalid } from "./replies.ts";

/** What values and blocks are checked for alike (request limits). */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function lengthOf(text: string, limit: number): string {
	if (text.length <= limit) return text;
	return invalid(`body failed validation: length should be ≤ \`${limit}\`, instead was \`${text.length}\`.`);
}

export function requireArray(value: unknown): unknown[] {
	if (!Array.isArray(value)) return invalid("body failed validation: value should be an array.");
	if (value.length > 100) {
		return invalid(`body failed validation: length should be ≤ \`100\`, instead was \`${value.length}\`.`);
	}
	return value;
}

/** Rich text as it was sent, in the form in which it comes back. */
export function readRichText(value: unknown): Record<string, unknown>[] {
	return requireArray(value).map((run) => {
		const text = isRecord(run) ? run.text : undefined;
		if (!isRecord(run) || !isRecord(text) || typeof text.content !== "string") {
			return invalid("body failed validation: rich text should have text.content.");
		}
		const content = lengthOf(text.content, 2_000);
		const link = isRecord(text.link) ? readLink(text.link.url) : null;
		return {
			type: "text",
			text: { content, link },
			annotations: {
				bold: false,
				italic: false,
				strikethrough: false,
				underline: false,
				code: false,
				...annotations(run),
			},
			plain_text: content,
			href: link?.url ?? null,
		};
	});
}

function annotations(run: Record<string, unknown>): Record<string, unknown> {
	return isRecord(run.annotations) ? run.annotations : {};
}

function readLink(url: unknown): { url: string } {
	if (typeof url !== "string" || !URL.canParse(url)) return invalid("Invalid URL for link.");
	return { url: lengthOf(url, 2_000) };
}
