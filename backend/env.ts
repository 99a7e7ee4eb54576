import { resolve } from "node:path";
import { StartError } from "./errors.ts";
import { type MasterKey, parseMasterKeys } from "./vault/vault.ts";

export type ProcessRole = "all" | "api" | "worker";

/** Everything the outside tells this process, checked once. No other file reads `process.env` or `process.argv`. */
export type Env = {
	production: boolean;
	/** What this process does: answer HTTP, deliver, or both. */
	role: ProcessRole;
	/** Bound on 127.0.0.1 only; a proxy stands in front where others are to reach it. */
	port: number;
	/** Issuer, audience and base of every redirect; no trailing slash. */
	publicUrl: string;
	/** Absolute path of the data directory (`.sheaf/`). */
	dataDir: string;
	/** Ids of the extension builds that may sign in, 32 letters each. */
	extensionIds: readonly string[];
	/** Administrative address of PostgreSQL; null starts the embedded one. */
	databaseUrl: string | null;
	/** Queue store; null keeps the queue in PostgreSQL. */
	redisUrl: string | null;
	/** The passwords of the database roles are derived from it (`db/roles.ts`). */
	databaseKey: string;
	/** The first seals, all open. */
	masterKeys: readonly MasterKey[];
	/** Keys the HMAC that turns a person into an `actor_uid` in logs (OBS-1). */
	logKey: string;
	logLevel: LogLevel;
	/** Lower-case e-mail addresses of those who may see the queue dashboard (SYNC-1). */
	operators: readonly string[];
	/** Official addresses of the providers, each overridable (CON-4); no trailing slash. */
	providers: { airtableApiUrl: string; airtableOauthUrl: string; airtableContentUrl: string };
	/** Where the practice base is or is to be; null in production or when switched off. */
	practiceUrl: string | null;
	/** Whether a start builds `dist/`: only while developing. */
	buildsExtension: boolean;
	/** Hosts or host:port a person's own address may point to although they are private (SEC-2). */
	allowedPrivateHosts: readonly string[];
};

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The secrets that are made on the first run outside production, by the name of the variable that overrides each. */
export const secretNames = ["SHEAF_DATABASE_KEY", "SHEAF_MASTER_KEYS", "SHEAF_LOG_KEY"] as const;
export type SecretName = (typeof secretNames)[number];
export type Secrets = Readonly<Record<SecretName, string>>;

/** The fixed id that the manifest key of `wxt.config.ts` gives the extension. */
export const officialExtensionId = "moidlpphjgnoddghoomigklflpmjakhk";

const officialProviders: Env["providers"] = {
	airtableApiUrl: "https://api.airtable.com",
	airtableOauthUrl: "https://airtable.com",
	airtableContentUrl: "https://content.airtable.com",
};

/**
 * The origins whoever runs Sheaf set himself, which are trusted to be where they are, in a private network too. An official
 * address is not among them: it has to be public like any other, or a poisoned name would lead inside.
 */
export function operatorOrigins({ providers, practiceUrl }: Pick<Env, "providers" | "practiceUrl">): string[] {
	const official = new Set(Object.values(officialProviders));
	const overridden = Object.values(providers).filter((url) => !official.has(url));
	return [...overridden, ...(practiceUrl === null ? [] : [practiceUrl])].map((url) => new URL(url).origin);
}

/** Every problem at once, a line each, so that one failed start tells the whole list. */
export class EnvError extends StartError {
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(["Sheaf cannot start with these settings:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
		this.problems = problems;
	}
}

export type EnvSource = {
	variables: Readonly<Record<string, string | undefined>>;
	/** Command-line arguments after the script, for example `["--role", "worker"]`. */
	arguments: readonly string[];
	/** Absolute; what relative paths are relative to. */
	workingDirectory: string;
};

/** The real environment of this process. */
export function processSource(): EnvSource {
	return { variables: process.env, arguments: process.argv.slice(2), workingDirectory: process.cwd() };
}

/** What has to be known before the secrets can be looked for. */
export function readStartSettings({ variables, workingDirectory }: EnvSource): {
	production: boolean;
	dataDir: string;
} {
	return {
		production: variables.NODE_ENV === "production",
		dataDir: resolve(workingDirectory, nonEmpty(variables.SHEAF_DATA_DIR) ?? ".sheaf"),
	};
}

/**
 * @param firstRunSecrets used where the variable of that name is not set; empty in production, where nothing is made up
 * @throws EnvError listing everything that is missing or malformed
 */
export function parseEnv(source: EnvSource, firstRunSecrets: Partial<Secrets> = {}): Env {
	const problems: string[] = [];
	const { production, dataDir } = readStartSettings(source);
	const developing = !production && source.variables.NODE_ENV !== "test";
	const read = reader(source.variables, problems);
	const secret = (name: SecretName) => read.text(name) ?? firstRunSecrets[name] ?? read.missing(name);
	const port = read.port("SHEAF_PORT", 8787);
	const env: Env = {
		production,
		role: processRole(source.arguments, problems),
		port,
		publicUrl: read.url("SHEAF_PUBLIC_URL", `http://localhost:${port}`),
		dataDir,
		extensionIds: extensionIds(read, problems),
		databaseUrl: read.text("DATABASE_URL") ?? (production ? read.missing("DATABASE_URL") : null),
		redisUrl: read.text("REDIS_URL"),
		databaseKey: secret("SHEAF_DATABASE_KEY"),
		masterKeys: masterKeys(secret("SHEAF_MASTER_KEYS"), problems),
		logKey: secret("SHEAF_LOG_KEY"),
		// At a terminal the next steps are to be read, not scrolled away by what goes well.
		logLevel: read.oneOf("SHEAF_LOG_LEVEL", logLevels, developing ? "warn" : "info"),
		operators: read.list("SHEAF_OPERATORS").map((email) => email.toLowerCase()),
		providers: {
			airtableApiUrl: read.url("AIRTABLE_API_URL", officialProviders.airtableApiUrl),
			airtableOauthUrl: read.url("AIRTABLE_OAUTH_URL", officialProviders.airtableOauthUrl),
			airtableContentUrl: read.url("AIRTABLE_CONTENT_URL", officialProviders.airtableContentUrl),
		},
		practiceUrl: production ? null : practiceUrl(read),
		buildsExtension: developing && read.text("SHEAF_BUILD_EXTENSION") !== "off",
		allowedPrivateHosts: read.list("SHEAF_ALLOWED_PRIVATE_HOSTS").map((host) => host.toLowerCase()),
	};
	if (problems.length > 0) throw new EnvError(problems);
	return env;
}

type Reader = ReturnType<typeof reader>;

/** Reads single variables; notes what is wrong and answers a placeholder, so that reading goes on to the next problem. */
function reader(variables: EnvSource["variables"], problems: string[]) {
	const text = (name: string) => nonEmpty(variables[name]);
	return {
		text,
		missing: (name: string) => {
			problems.push(`${name} is missing. ${whatItIs[name] ?? ""}`.trim());
			return "";
		},
		list: (name: string) => (text(name) ?? "").split(/[\s,]+/).filter((entry) => entry !== ""),
		port: (name: string, fallback: number) => {
			const value = Number(text(name) ?? fallback);
			if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
			problems.push(`${name} must be a port between 1 and 65535.`);
			return fallback;
		},
		url: (name: string, fallback: string) => {
			const value = text(name) ?? fallback;
			if (/^https?:\/\//.test(value) && URL.canParse(value)) return value.replace(/\/+$/, "");
			problems.push(`${name} must be an address that begins with http:// or https://.`);
			return fallback;
		},
		oneOf: <Value extends string>(name: string, values: readonly Value[], fallback: Value): Value => {
			const wanted = text(name);
			const found = wanted === null ? fallback : values.find((value) => value === wanted);
			if (found === undefined) problems.push(`${name} must be one of ${values.join(", ")}.`);
			return found ?? fallback;
		},
	};
}

const whatItIs: Readonly<Record<string, string>> = {
	DATABASE_URL:
		"The address of PostgreSQL 18 under an account that may create roles: postgres://user:password@host/database.",
	SHEAF_DATABASE_KEY: "At least 32 random characters; the passwords of the database roles are derived from it.",
	SHEAF_MASTER_KEYS: "`kid:key` with 32 random bytes as base64url; it encrypts credentials. Losing it loses them.",
	SHEAF_LOG_KEY: "At least 32 random characters; it turns people into pseudonyms in the logs.",
};

function nonEmpty(value: string | undefined): string | null {
	return value === undefined || value.trim() === "" ? null : value.trim();
}

function processRole(argumentList: readonly string[], problems: string[]): ProcessRole {
	const at = argumentList.findIndex((argument) => argument === "--role" || argument.startsWith("--role="));
	if (at === -1) return "all";
	const value = argumentList[at]?.split("=")[1] ?? argumentList[at + 1];
	if (value === "all" || value === "api" || value === "worker") return value;
	problems.push("--role must be one of all, api, worker.");
	return "all";
}

function extensionIds(read: Reader, problems: string[]): string[] {
	const extra = read.list("SHEAF_EXTENSION_IDS");
	for (const id of extra) {
		if (!/^[a-p]{32}$/.test(id)) problems.push(`SHEAF_EXTENSION_IDS: "${id}" is not the id of an extension.`);
	}
	return [officialExtensionId, ...extra];
}

function masterKeys(text: string, problems: string[]): MasterKey[] {
	const keys = text === "" ? [] : parseMasterKeys(text);
	if (keys === null)
		problems.push("SHEAF_MASTER_KEYS must be kid:key pairs, each key 32 bytes as base64url, separated by commas.");
	return keys ?? [];
}

function practiceUrl(read: Reader): string | null {
	if (read.text("SHEAF_PRACTICE_PORT") === "off") return null;
	return `http://127.0.0.1:${read.port("SHEAF_PRACTICE_PORT", 8788)}`;
}
