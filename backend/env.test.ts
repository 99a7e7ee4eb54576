import { describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { EnvError, type EnvSource, officialExtensionId, operatorOrigins, parseEnv, type Secrets } from "./env.ts";

const secrets: Secrets = {
	SHEAF_DATABASE_KEY: "a database key of thirty-two characters",
	SHEAF_MASTER_KEYS: `first:${Buffer.alloc(32, 1).toString("base64url")}`,
	SHEAF_LOG_KEY: "a log key of thirty-two characters, too",
};

const source = (variables: EnvSource["variables"] = {}, args: string[] = []): EnvSource => ({
	variables,
	arguments: args,
	workingDirectory: "/somewhere",
});

function problems(from: EnvSource, firstRun: Partial<Secrets> = secrets): readonly string[] {
	try {
		parseEnv(from, firstRun);
		return [];
	} catch (error) {
		if (error instanceof EnvError) return error.problems;
		throw error;
	}
}

describe("the settings", () => {
	test("nothing has to be set on a newcomer's machine", () => {
		expect(parseEnv(source(), secrets)).toMatchObject({
			production: false,
			role: "all",
			port: 8787,
			publicUrl: "http://localhost:8787",
			dataDir: "/somewhere/.sheaf",
			databaseUrl: null,
			redisUrl: null,
			extensionIds: [officialExtensionId],
			practiceUrl: "http://127.0.0.1:8788",
			buildsExtension: true,
		});
	});

	test("in production the start is refused with the list of everything that is missing", () => {
		const missing = problems(source({ NODE_ENV: "production" }), {});
		const named = missing.map((problem) => problem.split(" ")[0]);
		expect(named).toEqual(["DATABASE_URL", "SHEAF_DATABASE_KEY", "SHEAF_MASTER_KEYS", "SHEAF_LOG_KEY"]);
	});

	test("in production there is no practice base and no build, whatever is set", () => {
		const variables = {
			...secrets,
			NODE_ENV: "production",
			DATABASE_URL: "postgres://h/d",
			SHEAF_PRACTICE_PORT: "9999",
		};
		expect(parseEnv(source(variables))).toMatchObject({ practiceUrl: null, buildsExtension: false, logLevel: "info" });
	});

	test("all mistakes are told at once, each with its variable", () => {
		const variables = {
			SHEAF_PORT: "eighty",
			SHEAF_PUBLIC_URL: "localhost",
			SHEAF_MASTER_KEYS: "short:abc",
			SHEAF_EXTENSION_IDS: "not-an-id",
			SHEAF_LOG_LEVEL: "loud",
		};
		const told = problems(source(variables, ["--role", "boss"])).join("\n");
		for (const name of [...Object.keys(variables), "--role"]) expect(told).toContain(name);
	});

	test("CON-4: every address of a provider is checked, whether or not anything uses it yet", () => {
		for (const name of ["AIRTABLE_API_URL", "AIRTABLE_OAUTH_URL", "AIRTABLE_CONTENT_URL"]) {
			expect(problems(source({ [name]: "airtable" }))).toEqual([
				`${name} must be an address that begins with http:// or https://.`,
			]);
		}
	});

	test.each([
		{ DATABASE_URL: "localhost/sheaf" },
		{ DATABASE_URL: "mysql://someone:secret-word@host/sheaf" },
		{ REDIS_URL: "http://someone:secret-word@host" },
	])("the address of a store is checked and not repeated: %p", (variables: Record<string, string>) => {
		const told = problems(source(variables)).join("\n");
		expect(told).toContain(`${Object.keys(variables)[0]} must be an address of the form`);
		expect(told).not.toContain("secret-word");
	});

	test.each([{ SHEAF_DATABASE_KEY: "x" }, { SHEAF_LOG_KEY: "k".repeat(31) }])(
		"a secret that can be guessed is refused: %p",
		(variables: Record<string, string>) => {
			expect(problems(source(variables)).join()).toContain(`${Object.keys(variables)[0]} is too short`);
		},
	);

	test("ACC-2: two master keys of one name are refused before anything is sealed with either", () => {
		const key = Buffer.alloc(32, 1).toString("base64url");
		expect(problems(source({ SHEAF_MASTER_KEYS: `a:${key},a:${key}` })).join()).toContain("names one kid twice");
	});

	test("SEC-1: the public address is an origin, with TLS in production", () => {
		const production = { ...secrets, NODE_ENV: "production", DATABASE_URL: "postgres://h/d" };
		expect(problems(source({ SHEAF_PUBLIC_URL: "https://sheaf.example.org/app" })).join()).toContain(
			"must be an origin",
		);
		const plain = { ...production, SHEAF_PUBLIC_URL: "http://sheaf.example.org" };
		expect(problems(source(plain)).join()).toContain("https:// in production");
		for (const SHEAF_PUBLIC_URL of ["https://sheaf.example.org/", "http://localhost:8787"]) {
			expect(problems(source({ ...production, SHEAF_PUBLIC_URL }))).toEqual([]);
		}
	});

	test("no message repeats the value of a secret", () => {
		const told = problems(source({ SHEAF_MASTER_KEYS: "kid:my-secret-value", SHEAF_PORT: "x" })).join("\n");
		expect(told).not.toContain("my-secret-value");
	});

	test.each([[["--role", "worker"]], [["--role=worker"]]])("%p chooses what this process does", (args) => {
		expect(parseEnv(source({}, args), secrets).role).toBe("worker");
	});

	test("CON-4: the providers' addresses can be overridden, a trailing slash does not matter", () => {
		const { providers } = parseEnv(source({ AIRTABLE_API_URL: "http://127.0.0.1:9000/" }), secrets);
		expect(providers.airtable.apiUrl).toBe("http://127.0.0.1:9000");
	});

	test("SEC-2: overridden addresses are trusted in a private network, the official ones are not", () => {
		expect(operatorOrigins(parseEnv(source({ SHEAF_PRACTICE_PORT: "off" }), secrets))).toEqual([]);
		const variables = { AIRTABLE_API_URL: "http://10.0.0.7:9000/proxy", SHEAF_PRACTICE_PORT: "off" };
		expect(operatorOrigins(parseEnv(source(variables), secrets))).toEqual(["http://10.0.0.7:9000"]);
		const official = { AIRTABLE_API_URL: "https://api.airtable.com/v0", SHEAF_PRACTICE_PORT: "off" };
		expect(operatorOrigins(parseEnv(source(official), secrets))).toEqual([]);
	});

	test("OBS-1: logs are kept between 7 and 14 days", () => {
		const days = (value: string) =>
			parseEnv(source({ SHEAF_LOG_DIR: "logs", SHEAF_LOG_DAYS: value }), secrets).operating.logFiles?.days;
		expect(parseEnv(source({}), secrets).operating.logFiles).toBeNull();
		expect([days("7"), days("14")]).toEqual([7, 14]);
		for (const wrong of ["6", "15", "a week", "7.5"]) expect(() => days(wrong)).toThrow("from 7 to 14");
	});

	test("CON-4: .env.example lists every variable that is read", async () => {
		const files = ["./env.ts", "./env-operating.ts"].map((file) => readFile(new URL(file, import.meta.url), "utf8"));
		const read = (await Promise.all(files)).join("\n");
		const example = await readFile(new URL("../.env.example", import.meta.url), "utf8");
		const names = new Set(read.match(/\b(SHEAF_[A-Z_]+|[A-Z]+_URL|AIRTABLE_[A-Z_]+|OTEL_[A-Z_]+)\b/g));
		expect(names.size).toBeGreaterThan(12);
		expect([...names].filter((name) => !example.includes(`#${name}=`))).toEqual([]);
	});
});
