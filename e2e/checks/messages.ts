import ts from "typescript";
import { filesUnder, isCode, isTest, type SourceFile, sourceFiles } from "./source-files.ts";

/** A message as its section file has it: one text, or one for each form of a count. */
export type Message = { texts: Readonly<Record<string, string>>; isPlural: boolean };

const forms = new Set(["zero", "one", "two", "few", "many", "other"]);

const isForms = (value: object): value is Record<string, string> =>
	"other" in value && Object.entries(value).every(([form, text]) => forms.has(form) && typeof text === "string");

const flatten = (value: unknown, way: string): [key: string, message: Message][] => {
	if (typeof value === "string") return [[way, { texts: { other: value }, isPlural: false }]];
	if (typeof value !== "object" || value === null) throw new Error(`${way} is neither a text nor a group of texts.`);
	if (isForms(value)) return [[way, { texts: value, isPlural: true }]];
	return Object.entries(value).flatMap(([name, inner]) => flatten(inner, `${way}.${name}`));
};

const folder = "extension/locales";

/** Every message of a language by its key ("popup.send"). */
export const messagesOf = (locale: string): Map<string, Message> =>
	new Map(
		filesUnder(`${folder}/${locale}`).flatMap(({ path, text }) =>
			flatten(JSON.parse(text), path.slice(`${folder}/${locale}/`.length, -".json".length)),
		),
	);

/** The names in a text's places, sorted. */
export const placesOf = (text: string): string[] =>
	[...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))].toSorted();

/** The forms in which a language counts; those it keeps for counts of a million and more are not asked for. */
export const formsOf = (locale: string): string[] => {
	const rules = new Intl.PluralRules(locale);
	return [...new Set(Array.from({ length: 1_000 }, (_, count) => rules.select(count)))].toSorted();
};

/** Where a message is read. `key` is whole, or begins what stands in the file when `isPrefix`. `values`: names given, null when not written out. */
export type Use = { key: string; isPrefix: boolean; values: string[] | null; reader: string; at: string };

export const shippedCode: SourceFile[] = filesUnder("extension").filter(
	({ path }) => isCode(path) && !isTest(path) && !/\/(test-[^/]*|fixtures\/.*)$/.test(path),
);

const readers = new Set(["t", "plural", "piecesFor", "messageFor"]);

/** Every reading of a message in the extension's code, and in its manifest. */
export const usesOfMessages = (): Use[] => [
	...shippedCode.flatMap((file) => nodesOf(file).flatMap((node) => useAt(node, file))),
	...sourceFiles.filter(({ path }) => path === "wxt.config.ts").flatMap(usesInManifest),
];

const usesInManifest = ({ path, text }: SourceFile): Use[] =>
	[...text.matchAll(/__MSG_([a-z]+)_(\w+)__/g)].map(([, section = "", name = ""]) => ({
		key: `${section}.${name}`,
		isPrefix: false,
		values: [],
		reader: "t",
		at: path,
	}));

/** All nodes of a file, in order; read once for all that ask. */
export function nodesOf(file: SourceFile): readonly ts.Node[] {
	const known = read.get(file.path);
	if (known !== undefined) return known;
	const found = parse(file);
	read.set(file.path, found);
	return found;
}

const read = new Map<string, readonly ts.Node[]>();

function parse({ path, text }: SourceFile): ts.Node[] {
	const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	const found: ts.Node[] = [];
	const visit = (node: ts.Node): void => {
		found.push(node);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
	return found;
}

/** `path:line` of a node. */
export const placeOf = (node: ts.Node, path: string): string =>
	`${path}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

function useAt(node: ts.Node, { path }: SourceFile): Use[] {
	if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || !readers.has(node.expression.text)) return [];
	const [key] = node.arguments;
	if (key === undefined) return [];
	const reader = node.expression.text;
	const use = { reader, at: placeOf(node, path), values: valuesOf(node.arguments[reader === "plural" ? 2 : 1]) };
	if (ts.isStringLiteral(key)) return [{ ...use, key: key.text, isPrefix: false }];
	if (ts.isTemplateExpression(key)) return [{ ...use, key: key.head.text, isPrefix: true }];
	return [];
}

function valuesOf(argument: ts.Expression | undefined): string[] | null {
	if (argument === undefined) return [];
	if (!ts.isObjectLiteralExpression(argument)) return null;
	const names = argument.properties.map((property) => property.name?.getText());
	return names.every((name) => name !== undefined) ? names : null;
}
