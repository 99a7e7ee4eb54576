/** The corpus in fixtures/: its pairs, what of each the capture gets right, and what it is known not to meet yet. */
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { CaptureDraft, CaptureReply, CaptureRequest } from "./draft.ts";
import { captureHtml } from "./test-page.ts";
import { isFieldName, vocabulary } from "./vocabulary.ts";

/** An expected file; fixtures/README.md says what each part means and how a person decides what belongs in it. */
export type Expected = {
	url: string;
	source: string;
	language?: string;
	request?: CaptureRequest;
	selection?: string;
	kind: string;
	fields: Record<string, unknown>;
	/** The draft's picture where it is not the field `image`. */
	image?: string | null;
	/** Where these fields must have come from. */
	provenance?: Record<string, string>;
};

/** A page with what is to be taken from it. `name` is `<kind>/<case>`, its place in fixtures/. */
export type Pair = { name: string; html: string; expected: Expected };

/**
 * One thing a pair asks for or the capture answered: a field by its name, the `kind`, or `from:<field>` for where a field
 * came from. `found` without `expected` is noise, `expected` without `right` is a loss.
 */
export type Outcome = { name: string; expected: boolean; found: boolean; right: boolean };

/** What is not met yet, per pair: names of outcomes. A pair's line may only lose entries. */
export type Unmet = Record<string, string[]>;

export const corpusFolder = new URL("./fixtures/", import.meta.url);
export const unmetFile = new URL("unmet.json", corpusFolder);

const ending = ".expected.json";

/** The files of fixtures/<kind>/, as `<kind>/<file>`. */
const corpusFiles = (): string[] =>
	readdirSync(corpusFolder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name: kind }) => readdirSync(new URL(`${kind}/`, corpusFolder)).map((file) => `${kind}/${file}`));

/** Every page that has its expected file, by name. */
export const readCorpus = (): Pair[] => {
	const files = new Set(corpusFiles());
	const read = (file: string): string => readFileSync(new URL(file, corpusFolder), "utf8");
	const names = [...files].filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
	return names
		.filter((name) => files.has(`${name}.html`))
		.toSorted()
		.map((name) => ({ name, html: read(`${name}.html`), expected: JSON.parse(read(name + ending)) as Expected }));
};

/** Files that belong to no pair: a page without its expected file, the reverse, or anything else. */
export const strayFiles = (): string[] => {
	const names = new Set(readCorpus().map(({ name }) => name));
	return corpusFiles().filter((file) => !names.has(file.replace(/\.expected\.json$|\.html$/, "")));
};

export const readUnmet = (): Unmet => JSON.parse(readFileSync(unmetFile, "utf8")) as Unmet;

/** The pairs that have their line and so count towards the score; one that somebody is writing has none yet. */
export const readScored = (): Pair[] => {
	const unmet = readUnmet();
	return readCorpus().filter(({ name }) => Object.hasOwn(unmet, name));
};

export const capturePair = ({ html, expected }: Pair): CaptureReply => {
	const { url, request, selection } = expected;
	return captureHtml({
		html,
		url,
		...(request === undefined ? {} : { request }),
		...(selection === undefined ? {} : { selection }),
	});
};

const fieldIsRight = (draft: CaptureDraft, { expected }: Pair, name: string): boolean => {
	const got = draft.fields[name];
	const typed = isFieldName(name) && vocabulary[name].type === got?.type;
	if (!typed || !isDeepStrictEqual(got.value, expected.fields[name])) return false;
	const picture = expected.image === undefined ? (expected.fields["image"] ?? null) : expected.image;
	return name !== "image" || draft.image === picture;
};

/** Provenance is a bare source in drafts of earlier versions, an object with the path and confidence since. */
const sourceOf = (draft: CaptureDraft, name: string): string | undefined => {
	const provenance: unknown = draft.provenance[name];
	if (typeof provenance === "string" || provenance === undefined) return provenance;
	return (provenance as { from: string }).from;
};

/** What the reply gets right and wrong about the pair. A refusal gets nothing right. */
export const judge = (pair: Pair, reply: CaptureReply): Outcome[] => {
	const { expected } = pair;
	const draft = reply.ok ? reply.draft : null;
	const names = new Set([...Object.keys(expected.fields), ...Object.keys(draft?.fields ?? {})]);
	const kind = { name: "kind", expected: true, found: draft !== null, right: draft?.kind === expected.kind };
	const fields = [...names].map((name) => ({
		name,
		expected: name in expected.fields,
		found: draft !== null && name in draft.fields,
		right: draft !== null && name in expected.fields && fieldIsRight(draft, pair, name),
	}));
	const sources = Object.entries(expected.provenance ?? {}).map(([name, source]) => ({
		name: `from:${name}`,
		expected: true,
		found: draft !== null && name in draft.provenance,
		right: draft !== null && sourceOf(draft, name) === source,
	}));
	return [kind, ...fields, ...sources];
};

/** The names of what is wrong, in the alphabet's order. */
export const wrongNames = (outcomes: readonly Outcome[]): string[] =>
	outcomes
		.filter(({ right }) => !right)
		.map(({ name }) => name)
		.toSorted();
