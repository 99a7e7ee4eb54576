import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JWK } from "jose";
import { CliError } from "./cli-error.ts";

/** What a terminal that is signed in keeps: a refresh token, and the key that has to prove its use. */
export type StoredSession = { refreshToken: string; privateJwk: JWK };

export type SessionPlace = { server: string; directory: string };

/** @throws CliError when nobody is signed in there, or the file is not ours */
export async function readStoredSession(place: SessionPlace): Promise<StoredSession> {
	const text = await readFile(pathOf(place), "utf8").catch(() => null);
	if (text === null) throw new CliError(`Nobody is signed in at ${place.server}. Sign in first: npm run cli -- login`);
	const stored = parsed(text);
	if (!stored) throw new CliError(`${pathOf(place)} cannot be read. Sign in again: npm run cli -- login`);
	return stored;
}

/** Whole or not at all, and for this account only. */
export async function writeStoredSession(place: SessionPlace, session: StoredSession): Promise<void> {
	await mkdir(place.directory, { recursive: true, mode: 0o700 });
	const partial = `${pathOf(place)}.new`;
	await writeFile(partial, JSON.stringify(session), { mode: 0o600, flush: true });
	// A left-over of an earlier attempt would have kept its own mode.
	await chmod(partial, 0o600);
	await rename(partial, pathOf(place));
}

export async function deleteStoredSession(place: SessionPlace): Promise<void> {
	await rm(pathOf(place), { force: true });
}

function pathOf({ server, directory }: SessionPlace): string {
	return join(directory, `cli-${new URL(server).host.replaceAll(/[^A-Za-z0-9.-]/g, "-")}.json`);
}

function parsed(text: string): StoredSession | null {
	try {
		const { refreshToken, privateJwk } = JSON.parse(text) as Partial<StoredSession>;
		return typeof refreshToken === "string" && typeof privateJwk === "object" ? { refreshToken, privateJwk } : null;
	} catch {
		return null;
	}
}
