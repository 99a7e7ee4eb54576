import { randomBytes } from "node:crypto";
import { access, constants, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type SecretName, type Secrets, secretNames } from "../env.ts";
import { StartError } from "../errors.ts";

/** What a first run makes up: the secrets of the settings, and the password of the embedded server's administrator. */
export type FirstRunSecrets = Secrets & { EMBEDDED_POSTGRES_PASSWORD: string };

const fileName = "secrets.json";
const names = [...secretNames, "EMBEDDED_POSTGRES_PASSWORD"] as const;

/**
 * Reads `secrets.json` of the data directory, or makes it: once, mode 0600, whole or not at all. Linking a finished file to its
 * name fails when the name is taken, so of two first runs at once both use the secrets of the faster.
 *
 * @throws StartError when the folder cannot be used, or the file is there but is not ours: replacing it would lose everything
 *   that is encrypted
 */
export async function loadFirstRunSecrets(dataDir: string): Promise<FirstRunSecrets> {
	const path = join(dataDir, fileName);
	const found = await prepare(dataDir, path).catch((error: unknown) => {
		const code = error instanceof Error && "code" in error ? String(error.code) : "no reason given";
		throw new StartError(
			`${dataDir} cannot be used (${code}): let this account read and write it, or set SHEAF_DATA_DIR to another folder.`,
		);
	});
	if (found !== null) return parse(found, path);
	const partial = join(dataDir, `.${fileName}-${process.pid}-${randomBytes(4).toString("hex")}`);
	try {
		await writeFile(partial, `${JSON.stringify(makeSecrets(), null, "\t")}\n`, { mode: 0o600, flush: true });
		await link(partial, path).catch((error: unknown) => {
			if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
		});
	} finally {
		await rm(partial, { force: true });
	}
	return parse(await readFile(path, "utf8"), path);
}

/** The text of the file, or null when there is none and one may be made: anything else in the way is no first run. */
async function prepare(dataDir: string, path: string): Promise<string | null> {
	await mkdir(dataDir, { recursive: true, mode: 0o711 });
	await access(dataDir, constants.W_OK);
	try {
		return await readFile(path, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}

function makeSecrets(): FirstRunSecrets {
	const random = () => randomBytes(32).toString("base64url");
	const today = new Date().toISOString().slice(0, 10);
	return {
		SHEAF_DATABASE_KEY: random(),
		SHEAF_MASTER_KEYS: `${today}:${random()}`,
		SHEAF_LOG_KEY: random(),
		EMBEDDED_POSTGRES_PASSWORD: random(),
	};
}

function parse(text: string, path: string): FirstRunSecrets {
	const unreadable = new StartError(
		`${path} is damaged: put it back from a backup. Without it the stored credentials cannot be read; to begin anew, move the whole folder away.`,
	);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw unreadable;
	}
	const secrets: Partial<Record<SecretName | "EMBEDDED_POSTGRES_PASSWORD", string>> = {};
	for (const name of names) {
		const secret = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
		if (typeof secret !== "string" || secret === "") throw unreadable;
		secrets[name] = secret;
	}
	return secrets as FirstRunSecrets;
}
