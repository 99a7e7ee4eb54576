import { describe, expect, test } from "bun:test";
import ts from "typescript";
import { everyWant } from "../../backend/connectors/misfit.ts";
import { errorCodes } from "../../backend/contract/errors.ts";
import { shippedLocales } from "../../extension/i18n/build-locales.ts";
import { formsOf, messagesOf, nodesOf, placeOf, placesOf, shippedCode, type Use, usesOfMessages } from "./messages.ts";
import { filesUnder, isCode, isTest, type SourceFile } from "./source-files.ts";

const english = messagesOf("en");
const uses = usesOfMessages();
const same = (one: Set<string>, other: Set<string>): boolean =>
	one.size === other.size && [...one].every((name) => other.has(name));
const keysOf = ({ key, isPrefix }: Use): string[] =>
	isPrefix ? [...english.keys()].filter((one) => one.startsWith(key)) : english.has(key) ? [key] : [];

describe("the words of the extension", () => {
	test("there are words to look at", () => {
		expect(english.size).toBeGreaterThan(700);
		expect(uses.length).toBeGreaterThan(500);
	});

	test("every message that is read exists", () => {
		expect(uses.filter((use) => keysOf(use).length === 0).map(({ key, at }) => `${at} ${key}`)).toEqual([]);
	});

	test("every message is read somewhere", () => {
		const read = new Set(uses.flatMap(keysOf));
		expect([...english.keys()].filter((key) => !read.has(key))).toEqual([]);
	});

	test("a reader gives what stands in a message's places, no more and no less", () => {
		const wrong = uses.flatMap((use) =>
			keysOf(use).flatMap((key) => {
				const message = english.get(key);
				// One reader for many messages gives them what any of them needs, or hands on what it was given.
				if (!message || use.values === null || (use.isPrefix && use.values.length === 0)) return [];
				const given = new Set([...use.values, ...(message.isPlural ? ["n"] : [])]);
				const asked = new Set(Object.values(message.texts).flatMap(placesOf));
				// A form may say the count in words ("1 step", "one of them"), and none has to say it.
				if (message.isPlural) asked.add("n");
				const fits = use.isPrefix ? [...asked].every((name) => given.has(name)) : same(given, asked);
				return fits ? [] : [`${use.at} ${key}: ${[...asked].join(", ")}`];
			}),
		);
		expect(wrong).toEqual([]);
	});

	test("a sentence for a code is for one that exists", () => {
		const ours = shippedCode.map(({ text }) => text).join("\n");
		const codes = [...english.keys()].filter((key) => /^(errors|activity\.why-failed)\.(?!wants\.)/.test(key));
		const unknown = codes.filter((key) => {
			// A code's other sentences are called by its case: `errors.area/what/case`.
			const [, code = key] = /^(?:errors|activity\.why-failed)\.([^/]+\/[^/]+)/.exec(key) ?? [];
			return !errorCodes.some((known) => known === code) && !ours.includes(`"${code}"`);
		});
		expect(unknown).toEqual([]);
	});

	test("every code that the server can answer with has its sentence", () => {
		expect(errorCodes.filter((code) => !english.has(`errors.${code}`))).toEqual([]);
	});

	test("what a column can want is worded, all of it and nothing else", () => {
		const worded = [...english.keys()].filter((key) => key.startsWith("errors.wants."));
		expect(worded.toSorted()).toEqual(everyWant.map((want) => `errors.wants.${want}`).toSorted());
	});

	test("every case of a code has its sentence", () => {
		const cases = filesUnder("backend")
			.filter(({ path }) => isCode(path) && !isTest(path))
			.flatMap(({ text }) => [...text.matchAll(/\bcase: "([a-z-]+)"/g)].map(([, name]) => name));
		expect(cases.length).toBeGreaterThan(5);
		const worded = [...english.keys()].filter((key) => key.startsWith("errors."));
		expect(cases.filter((name) => !worded.some((key) => key.endsWith(`/${name}`)))).toEqual([]);
	});
});

describe.each(shippedLocales.map((locale) => [locale]))("the words in %s", (locale) => {
	const messages = messagesOf(locale);

	test("every message is there, and no other", () => {
		expect({
			missing: [...english.keys()].filter((key) => !messages.has(key)),
			unknown: [...messages.keys()].filter((key) => !english.has(key)),
			empty: [...messages].filter(([, { texts }]) => Object.values(texts).includes("")).map(([key]) => key),
		}).toEqual({ missing: [], unknown: [], empty: [] });
	});

	test("every message has the places of the English one", () => {
		const wrong = [...messages].filter(([key, { texts }]) => {
			const asked = new Set(Object.values(english.get(key)?.texts ?? {}).flatMap(placesOf));
			const given = new Set(Object.values(texts).flatMap(placesOf));
			asked.delete("n");
			given.delete("n");
			return !same(asked, given);
		});
		expect(wrong.map(([key]) => key)).toEqual([]);
	});

	test("every message that counts has the forms in which the language counts", () => {
		const needed = formsOf(locale);
		const wrong = [...messages]
			.filter(([key, { isPlural }]) => isPlural || english.get(key)?.isPlural)
			.filter(([, { texts }]) => Object.keys(texts).toSorted().join() !== needed.join());
		expect(wrong.map(([key, { texts }]) => `${key}: ${Object.keys(texts).join()}`)).toEqual([]);
	});
});

/** What people read or hear of an element, and what our own parts show as they are. */
const readAttributes = new Set([
	"aria-label",
	"aria-description",
	"title",
	"placeholder",
	"alt",
	"label",
	"note",
	"words",
]);
const readProperties = new Set(["label", "title", "heading", "words", "hint", "message", "placeholder"]);
/** Not a suffix of an id, not a pattern in capitals, not the name. */
const isWords = (text: string): boolean => /^\P{Pd}.*\p{Ll}{2}/su.test(text) && text.trim() !== "Sheaf";
const isSentence = (text: string): boolean => /^\p{Lu}\S*( \S+){2,}[.?…]$/u.test(text);

/** Whoever reads these is mending the extension, not using it. */
const isForDevelopers = (node: ts.Node): boolean =>
	ts.isNewExpression(node.parent) && /^(Error|TypeError)$/.test(node.parent.expression.getText());

function wordsAt(node: ts.Node): string | null {
	if (ts.isJsxText(node)) return node.text.trim();
	if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node))
		return null;
	const text = ts.isTemplateExpression(node)
		? node.head.text + node.templateSpans.map((one) => one.literal.text).join("x")
		: node.text;
	const { parent } = node;
	const holder = ts.isJsxExpression(parent) ? parent.parent : parent;
	if (ts.isJsxAttribute(holder)) return readAttributes.has(holder.name.getText()) ? text : null;
	if (ts.isPropertyAssignment(parent) && parent.initializer === node && readProperties.has(parent.name.getText()))
		return text;
	return isSentence(text) && !isForDevelopers(node) ? text : null;
}

const wordsIn = (file: SourceFile): string[] =>
	nodesOf(file).flatMap((node) => {
		const words = wordsAt(node);
		return words !== null && isWords(words) ? [`${placeOf(node, file.path)} ${words}`] : [];
	});

// The English names there are what pages and tables call a field; people read `capture.field`.
const wordsInCode = shippedCode.filter(({ path }) => path !== "extension/capture/vocabulary.ts").flatMap(wordsIn);

test("no word for people stands in the code: all are messages", () => {
	expect(wordsInCode).toEqual([]);
});

test("no page has words in its HTML but the name", () => {
	const pages = filesUnder("extension/entrypoints").filter(({ path }) => path.endsWith(".html"));
	expect(pages.length).toBeGreaterThan(1);
	const left = pages.filter(({ text }) =>
		isWords(text.replaceAll(/<!--.*?-->|<[^>]*>/gs, " ").replaceAll("Sheaf", "")),
	);
	expect(left.map(({ path }) => path)).toEqual([]);
});
