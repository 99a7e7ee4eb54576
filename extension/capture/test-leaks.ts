/** What of a draft could run, mislead or break whoever takes it, in words; a safe draft has none. */
import type { FieldValue } from "../../backend/contract/fields.ts";
import type { CaptureDraft } from "./draft.ts";
import { isFieldName } from "./vocabulary.ts";

/** A record and its operation have to fit one request of 1 MiB. */
const mostBytes = 1_000_000;

const unwell = /(?![\n\t])[\p{Cc}\p{Surrogate}\ufeff\u202a-\u202e\u2066-\u2069]/u;

const isHarmlessAddress = (address: string): boolean => {
	const url = URL.parse(address);
	return /^https?:\/\/[^\s\\]+$/.test(address) && url !== null && url.username === "" && url.password === "";
};

const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Markdown without its fenced blocks and code spans, as CommonMark reads them. */
export const outsideCode = (markdown: string): string => {
	const kept: string[] = [];
	let fence = "";
	for (const line of markdown.split(/\r\n|[\r\n]/)) {
		const mark = /^[\s>]*(?:(?:[-*+]|\d+[.)]) +)*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? "";
		if (fence === "" && mark !== "") fence = mark;
		else if (fence !== "" && mark.startsWith(fence) && line.trim().endsWith(mark)) fence = "";
		else if (fence === "") kept.push(line.replace(/\\[\\`]/g, "").replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, ""));
	}
	return kept.join("\n");
};

const markdownLeaks = (markdown: string): string[] => {
	const text = outsideCode(markdown);
	const targets = Array.from(text.matchAll(/(?<!\\)\]\(([^)]*)\)/g), ([, target = ""]) => target);
	return [
		...(/<[a-z!/?]/i.test(text) ? [`markup: ${/<.{0,40}/.exec(text)?.[0]}`] : []),
		...targets.filter((target) => !isHarmlessAddress(target)).map((target) => `a link to ${target}`),
	];
};

const valueLeaks = (name: string, field: FieldValue): string[] => {
	const of = (leak: string): string => `${name}: ${leak}`;
	if (field.type === "currency") return Number.isFinite(field.value.amount) ? [] : [of("no amount")];
	if (field.type === "number") return Number.isFinite(field.value) ? [] : [of("no number")];
	const texts = [field.value].flat().map(String);
	const leaks = texts.filter((text) => unwell.test(text)).map((text) => of(`unwell ${JSON.stringify(text)}`));
	const isAddress = field.type === "url" || field.type === "image" || name === "profiles";
	if (isAddress)
		leaks.push(...texts.filter((text) => !isHarmlessAddress(text)).map((text) => of(`the address ${text}`)));
	if (field.type === "date")
		leaks.push(...texts.filter((text) => !date.test(text)).map((text) => of(`the date ${text}`)));
	return field.type === "markdown" ? [...leaks, ...markdownLeaks(field.value).map(of)] : leaks;
};

export const leaksOf = (draft: CaptureDraft): string[] => {
	const names = Object.keys(draft.fields);
	const paths = Object.values(draft.provenance).map(({ path }) => path ?? "");
	const plain = [draft.kind, draft.source.title, ...names, ...paths];
	return [
		...Object.entries(draft.fields).flatMap(([name, field]) => valueLeaks(name, field)),
		...(draft.image === null || isHarmlessAddress(draft.image) ? [] : [`the picture ${draft.image}`]),
		...names.filter((name) => !isFieldName(name)).map((name) => `a field ${name}`),
		...paths.filter((path) => path.length > 200).map((path) => `a path of ${path.length}`),
		...plain.filter((text) => unwell.test(text)).map((text) => `unwell ${JSON.stringify(text)}`),
		...(new TextEncoder().encode(JSON.stringify(draft)).length > mostBytes ? ["more than fits a request"] : []),
	];
};
