import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { repositoryRoot } from "../support/paths.ts";

/** A file of the checkout: its path from the root and its text. */
export type SourceFile = { path: string; text: string };

const notOurs = new Set([
	"node_modules",
	".git",
	"dist",
	".wxt",
	".output",
	".sheaf",
	"test-results",
	"playwright-report",
]);
const readable = /\.(ts|tsx|css|html|sql|md|json|cjs|toml|yml|svg)$|^(\.gitignore|\.env\.example|run)$/;

const walk = (folder: string): SourceFile[] =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : walk(path);
		if (!readable.test(entry.name) || entry.name === "package-lock.json") return [];
		return [{ path: relative(repositoryRoot, path), text: readFileSync(path, "utf8") }];
	});

/** Every text file that is ours, read once. */
export const sourceFiles: SourceFile[] = walk(repositoryRoot);

export const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path);
export const isCode = (path: string): boolean => /\.tsx?$/.test(path);

/** Files under a folder, by their path from the root. */
export const filesUnder = (folder: string): SourceFile[] =>
	sourceFiles.filter(({ path }) => path.startsWith(`${folder}/`));

/** `path:line` of every line that matches; what a failing check prints. */
export const linesMatching = (files: SourceFile[], pattern: RegExp): string[] =>
	files.flatMap(({ path, text }) =>
		text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
	);
