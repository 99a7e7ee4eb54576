import type { ConnectorCall, ConnectorManifest } from "../connector.ts";

export type TlsMode = "verify-full" | "require" | "off";

/** Where the person's database is and as whom it is opened. */
export type Settings = {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	tls: TlsMode;
	/** The certificate authority that signed the server's certificate, where the system does not know it. */
	ca: string | null;
	schema: string;
};

export const form: ConnectorManifest["form"] = [
	{
		name: "host",
		label: "Host",
		kind: "text",
		placeholder: "db.example.com",
		help: "The server’s name, without postgres:// before it. It has to be reachable from the internet, or allowed by whoever runs Sheaf.",
	},
	{ name: "port", label: "Port", kind: "text", optional: true, placeholder: "5432" },
	{ name: "database", label: "Database", kind: "text", placeholder: "postgres" },
	{
		name: "user",
		label: "User",
		kind: "text",
		help: "Make one for Sheaf alone, which may only read and write the tables you want to fill: grant usage on schema, then grant select, insert, update on those tables.",
		helpUrl: "https://www.postgresql.org/docs/current/sql-grant.html",
	},
	{ name: "password", label: "Password", kind: "secret" },
	{
		name: "tls",
		label: "Encryption",
		kind: "choice",
		optional: true,
		choices: [
			{ value: "verify-full", label: "Encrypted, and the server proves who it is" },
			{ value: "require", label: "Encrypted, whoever answers" },
			{ value: "off", label: "Not encrypted (only in your own network)" },
		],
	},
	{
		name: "ca",
		label: "Certificate authority",
		kind: "text",
		optional: true,
		help: "The text that begins with BEGIN CERTIFICATE, where your provider gives you one.",
	},
	{ name: "schema", label: "Schema", kind: "text", optional: true, placeholder: "public" },
];

/** Null when the form cannot be meant so: nothing is sent anywhere then. */
export function readSettings(credential: ConnectorCall["credential"]): Settings | null {
	const one = (name: string) => (credential[name] ?? "").trim();
	const port = one("port") === "" ? 5_432 : Number(one("port"));
	const tls = one("tls") === "" ? "verify-full" : one("tls");
	const settings = { host: one("host"), database: one("database"), user: one("user") };
	const password = credential["password"] ?? "";
	const complete = [...Object.values(settings), password].every((text) => text !== "" && !hasControls(text));
	if (!complete || !Number.isInteger(port) || !isTlsMode(tls)) return null;
	return { ...settings, password, port, tls, ca: one("ca") || null, schema: one("schema") || "public" };
}

function isTlsMode(text: string): text is TlsMode {
	return text === "verify-full" || text === "require" || text === "off";
}

function hasControls(text: string): boolean {
	return Array.from(text).some((character) => character < " " || character === "\u007f");
}
