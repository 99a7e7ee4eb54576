import { resolve } from "node:path";
import { type BlobsEnv, parseBlobsEnv } from "./env-blobs.ts";
import { type IdentityEnv, officialUpstreams, parseIdentityEnv } from "./env-identity.ts";
import { type LiveEnv, parseLiveEnv } from "./env-live.ts";
import { type OperatingEnv, parseOperatingEnv } from "./env-operating.ts";
import { officialProviders, type ProvidersEnv, parseProvidersEnv, providerUrls } from "./env-providers.ts";
import { nonEmpty, type Reader, reader } from "./env-reader.ts";
import { StartError } from "./errors.ts";
import { type MasterKey, parseMasterKeys } from "./vault/vault.ts";

export type ProcessRole = "all" | "api" | "worker";

/** Everything the outside tells this process, checked once. No other file reads `process.env` or `process.argv`. */
export type Env = {
	production: boolean;
	/** What this process does: answer HTTP, deliver, or both. */
	role: ProcessRole;
	/** Bound on 127.0.0.1 unless `operating.host` says otherwise; a proxy stands in front where others are to reach it. */
	port: number;
	/** Issuer, audience and base of every redirect; no trailing slash. */
	publicUrl: string;
	/** Where providers send their notices of changed rows; null where they cannot reach this installation. */
	noticesUrl: string | null;
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
	/** Where it listens and what is told about it to whoever watches. */
	operating: OperatingEnv;
	/** Ways in and what guards them. */
	identity: IdentityEnv;
	/** Lower-case e-mail addresses of those who may see the queue dashboard (SYNC-1). */
	operators: readonly string[];
	/** Where the providers are, and what is registered there. */
	providers: ProvidersEnv;
	/** Where the practice base is or is to be; null in production or when switched off. */
	practiceUrl: string | null;
	/** Whether a start builds `dist/`: only while developing. */
	buildsExtension: boolean;
	/** Hosts or host:port a person's own address may point to although they are private (SEC-2). */
	allowedPrivateHosts: readonly string[];
	/** How changes reach open pages. */
	live: LiveEnv;
	/** Pictures and files. */
	blobs: BlobsEnv;
};

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The secrets that are made on the first run outside production, by the name of the variable that overrides each. */
export const secretNames = ["SHEAF_DATABASE_KEY", "SHEAF_MASTER_KEYS", "SHEAF_LOG_KEY"] as const;
export type SecretName = (typeof secretNames)[number];
export type Secrets = Readonly<Record<SecretName, string>>;

const minSecretLength = 32;

/** The fixed id that the manifest key of `wxt.config.ts` gives the extension. */
export const officialExtensionId = "moidlpphjgnoddghoomigklflpmjakhk";

/**
 * The origins whoever runs Sheaf set himself, which are trusted to be where they are, in a private network too. An official
 * address is not among them: it has to be public like any other, or a poisoned name would lead inside.
 */
export function operatorOrigins({
	providers,
	practiceUrl,
	identity,
}: Pick<Env, "providers" | "practiceUrl" | "identity">): string[] {
	// Compared by origin: an official address with a path (`/v0`) is no override.
	const officials = [...Object.values(officialProviders), ...Object.values(officialUpstreams)];
	const official = new Set(officials.map((url) => new URL(url).origin));
	const { google, github, microsoft, oidc, clerk, breachedPasswordsUrl } = identity;
	const upstreams = [google?.url, github?.url, github?.apiUrl, microsoft?.url, oidc?.issuer, clerk?.issuer];
	const set = [...upstreams, breachedPasswordsUrl, practiceUrl].filter((url) => typeof url === "string");
	const chosen = [...providerUrls(providers), ...set];
	return chosen.map((url) => new URL(url).origin).filter((origin) => !official.has(origin));
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
	const longSecret = (name: SecretName) => checkedSecret(name, secret(name), problems);
	const port = read.port("SHEAF_PORT", 8787);
	const url = publicUrl(read, { port, production }, problems);
	const env: Env = {
		production,
		role: processRole(source.arguments, problems),
		port,
		publicUrl: url,
		noticesUrl: noticesUrl(read, url),
		dataDir,
		extensionIds: extensionIds(read, problems),
		databaseUrl: read.store("DATABASE_URL", "postgres") ?? (production ? read.missing("DATABASE_URL") : null),
		redisUrl: read.store("REDIS_URL", "redis"),
		databaseKey: longSecret("SHEAF_DATABASE_KEY"),
		masterKeys: masterKeys(secret("SHEAF_MASTER_KEYS"), problems),
		logKey: longSecret("SHEAF_LOG_KEY"),
		// At a terminal the next steps are to be read, not scrolled away by what goes well.
		logLevel: read.oneOf("SHEAF_LOG_LEVEL", logLevels, developing ? "warn" : "info"),
		operating: parseOperatingEnv(read, { workingDirectory: source.workingDirectory, problems }),
		identity: parseIdentityEnv(read, { production, publicUrl: url, problems }),
		operators: read.list("SHEAF_OPERATORS").map((email) => email.toLowerCase()),
		providers: parseProvidersEnv(read, problems),
		practiceUrl: production ? null : practiceUrl(read),
		buildsExtension: developing && read.text("SHEAF_BUILD_EXTENSION") !== "off",
		allowedPrivateHosts: read.list("SHEAF_ALLOWED_PRIVATE_HOSTS").map((host) => host.toLowerCase()),
		live: parseLiveEnv(read),
		blobs: parseBlobsEnv(read, dataDir),
	};
	if (problems.length > 0) throw new EnvError(problems);
	return env;
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
	if (new Set(keys?.map(({ kid }) => kid)).size !== (keys ?? []).length)
		problems.push("SHEAF_MASTER_KEYS names one kid twice: each key needs a name of its own.");
	return keys ?? [];
}

/** A missing one is told already. The value is never repeated. */
function checkedSecret(name: SecretName, value: string, problems: string[]): string {
	if (value !== "" && value.length < minSecretLength) {
		problems.push(
			`${name} is too short: at least ${minSecretLength} random characters, as \`openssl rand -hex 32\` makes.`,
		);
	}
	return value;
}

/** An origin and nothing more: cookies, redirects and the metadata's address are made for one. */
function publicUrl(
	read: Reader,
	{ port, production }: { port: number; production: boolean },
	problems: string[],
): string {
	const url = read.url("SHEAF_PUBLIC_URL", `http://localhost:${port}`);
	const { origin, protocol, hostname } = new URL(url);
	if (url !== origin) {
		problems.push("SHEAF_PUBLIC_URL must be an origin without a path or query, as in https://sheaf.example.org.");
	}
	if (production && protocol !== "https:" && hostname !== "localhost" && hostname !== "127.0.0.1") {
		problems.push(
			"SHEAF_PUBLIC_URL must begin with https:// in production, except on localhost: cookies have to be Secure.",
		);
	}
	return url;
}

/**
 * Providers send to https addresses of the public network. `on` is for an address that only looks as if it were not one (a tunnel's,
 * a name of an internal zone) and for tests; `off` for one that they are kept from.
 */
function noticesUrl(read: Reader, url: string): string | null {
	const { protocol, hostname } = new URL(url);
	const isPrivate = /^(localhost|127\.|10\.|192\.168\.|\[)|\.(localhost|local|internal|lan|test|invalid)$/.test(
		hostname,
	);
	const asked = read.oneOf("SHEAF_PROVIDER_NOTICES", ["auto", "on", "off"], "auto");
	const reachable = asked === "auto" ? protocol === "https:" && !isPrivate : asked === "on";
	return reachable ? `${url}/api/v1/provider-hooks` : null;
}

function practiceUrl(read: Reader): string | null {
	if (read.text("SHEAF_PRACTICE_PORT") === "off") return null;
	return `http://127.0.0.1:${read.port("SHEAF_PRACTICE_PORT", 8788)}`;
}
