import { type Annotations, maxRunLength, type Run, splitText } from "./text-runs.ts";

/** Longest address Notion takes in a link. */
const maxLinkLength = 2_000;

type Marks = { annotations: Annotations; link: string | null };

/** Longest text with marks; the page is hostile, and every unclosed mark is looked for this far. */
const maxMarkedLength = 20_000;

/**
 * Spans, of which the one that begins furthest left is taken: code, an image or link, an address in angle brackets, bold, struck
 * out, italic, an escaped sign. Everything else is text, raw HTML too: Notion shows it as it is written. Spans are bounded, so that
 * no text is slow to read.
 */
const spans = new RegExp(
	[
		/(?<tick>`{1,3})(?<code>[^]{0,999}?[^`])\k<tick>(?!`)/u,
		/!?\[(?<label>(?:\\.|[^[\]\\]){0,2000})\]\(\s{0,9}<?(?<target>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,9})>?(?:\s{1,9}(?:"[^"]{0,500}"|'[^']{0,500}'))?\s{0,9}\)/u,
		/<(?<auto>https?:\/\/[^\s<>]{1,2000})>/u,
		/(?<strong>\*\*|__)(?=\S)(?<bold>[^]{0,1999}?\S)\k<strong>/u,
		/~~(?=\S)(?<struck>[^]{0,1999}?\S)~~/u,
		/\*(?=[^\s*])(?<stars>[^]{0,1999}?[^\s*])\*(?!\*)/u,
		/(?<![\p{L}\p{N}])_(?=[^\s_])(?<lines>[^]{0,1999}?[^\s_])_(?![\p{L}\p{N}])/u,
		/\\(?<escaped>[!-/:-@[-`{-~])/u,
	]
		.map((span) => span.source)
		.join("|"),
	"u",
);

/** One paragraph's Markdown as Notion's runs of text, each at most 2,000 characters long. */
export function inlineRuns(markdown: string): Run[] {
	const plain: Marks = { annotations: {}, link: null };
	return merged(markdown.length > maxMarkedLength ? textRuns(markdown, plain) : runsOf(markdown, plain));
}

function runsOf(markdown: string, marks: Marks): Run[] {
	const runs: Run[] = [];
	let rest = markdown;
	for (let found = spans.exec(rest); found !== null; found = spans.exec(rest)) {
		runs.push(...textRuns(rest.slice(0, found.index), marks), ...spanRuns(found.groups ?? {}, marks));
		rest = rest.slice(found.index + found[0].length);
	}
	return [...runs, ...textRuns(rest, marks)];
}

function spanRuns(span: Readonly<Record<string, string | undefined>>, marks: Marks): Run[] {
	const marked = (inner: string, annotation: Annotations): Run[] =>
		runsOf(inner, { ...marks, annotations: { ...marks.annotations, ...annotation } });
	const italic = span.stars ?? span.lines;
	if (span.code !== undefined) {
		return textRuns(span.code.trim(), { ...marks, annotations: { ...marks.annotations, code: true } });
	}
	if (span.auto !== undefined) return textRuns(span.auto, { ...marks, link: linkOf(span.auto) });
	if (span.label !== undefined) return runsOf(span.label, { ...marks, link: linkOf(span.target ?? "") });
	if (span.bold !== undefined) return marked(span.bold, { bold: true });
	if (span.struck !== undefined) return marked(span.struck, { strikethrough: true });
	if (italic !== undefined) return marked(italic, { italic: true });
	return textRuns(span.escaped ?? "", marks);
}

/** An address that can be opened from anywhere; a relative one or a script's is left out and its text kept. */
export function linkOf(target: string): string | null {
	if (target.length > maxLinkLength || !URL.canParse(target)) return null;
	return ["http:", "https:", "mailto:"].includes(new URL(target).protocol) ? target : null;
}

function textRuns(text: string, { annotations, link }: Marks): Run[] {
	return splitText(text).map((content) => ({
		type: "text",
		text: { content, ...(link === null ? {} : { link: { url: link } }) },
		...(Object.keys(annotations).length === 0 ? {} : { annotations }),
	}));
}

/** Neighbours with the same marks become one run: there may be 100 only. */
function merged(runs: readonly Run[]): Run[] {
	const out: Run[] = [];
	for (const run of runs) {
		const last = out.at(-1);
		const content = `${last?.text.content ?? ""}${run.text.content}`;
		if (last !== undefined && content.length <= maxRunLength && marksOf(last) === marksOf(run)) {
			out[out.length - 1] = { ...last, text: { ...last.text, content } };
		} else out.push(run);
	}
	return out;
}

function marksOf({ text, annotations }: Run): string {
	return JSON.stringify([text.link ?? null, annotations ?? null]);
}
