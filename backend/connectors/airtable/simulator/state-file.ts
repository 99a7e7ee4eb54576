import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { Value } from "@sinclair/typebox/value";
import { State } from "./state.ts";

/**
 * The state as it was last saved, or null when there is no file yet.
 * @throws Error with a sentence when the file is not one of ours: it is left alone, never overwritten
 */
export function loadState(file: string): State | null {
	if (!existsSync(file)) return null;
	const content = parse(readFileSync(file, "utf8"));
	if (Value.Check(State, content)) return content;
	throw new Error(`${file} does not hold the tables of a practice base. Move it away to start with empty ones.`);
}

/** Replaces the file in one step: whoever is killed in the middle leaves the old one or the new one, never half. */
export function saveState(file: string, state: State): void {
	mkdirSync(dirname(file), { recursive: true });
	const draft = `${file}.draft`;
	const handle = openSync(draft, "w", 0o600);
	try {
		writeSync(handle, JSON.stringify(state));
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	renameSync(draft, file);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
